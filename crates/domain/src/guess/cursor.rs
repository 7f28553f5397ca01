//! A place in a text that is being read for dates: letters in one form (small, half width), each
//! with its place in the original. Used by the readers beside this file.

use crate::names::{half_width, is_word};

/// The letters of a text, one for each of its characters.
pub struct Letters {
    letters: Vec<char>,
    /// Byte offset of each letter in the text, and the length of the text.
    offsets: Vec<usize>,
}

impl Letters {
    pub fn new(text: &str) -> Self {
        let letters = text
            .chars()
            .map(|c| half_width(c).to_ascii_lowercase())
            .collect();
        let offsets = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        Self { letters, offsets }
    }

    pub fn cursor(&self) -> Cursor<'_> {
        Cursor {
            letters: &self.letters,
            at: 0,
        }
    }

    /// Byte offset of the place in the text.
    pub fn offset(&self, cursor: Cursor) -> usize {
        self.offsets[cursor.at]
    }
}

/// A place between two letters. Readers take one and return the one behind what they read.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    letters: &'a [char],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn is_after(self, other: Self) -> bool {
        self.at > other.at
    }

    pub fn peek(self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    pub fn before(self) -> Option<char> {
        self.at.checked_sub(1).map(|before| self.letters[before])
    }

    pub fn back(self) -> Option<Self> {
        Some(Self {
            at: self.at.checked_sub(1)?,
            ..self
        })
    }

    pub fn next(self) -> Option<Self> {
        self.peek().map(|_| Self {
            at: self.at + 1,
            ..self
        })
    }

    /// Behind spaces, not behind the line.
    pub fn skip_spaces(mut self) -> Self {
        while self
            .peek()
            .is_some_and(|letter| letter != '\n' && letter.is_whitespace())
        {
            self.at += 1;
        }
        self
    }

    pub fn followed_by(self, letters: &str) -> bool {
        self.peek().is_some_and(|letter| letters.contains(letter))
    }

    pub fn preceded_by(self, letters: &str) -> bool {
        self.before().is_some_and(|letter| letters.contains(letter))
    }

    /// Behind `word` if it stands here; a space in it stands for any number of spaces.
    pub fn eat_raw(mut self, word: &str) -> Option<Self> {
        for letter in word.chars() {
            if letter == ' ' {
                let behind = self.skip_spaces();
                if !behind.is_after(self) {
                    return None;
                }
                self = behind;
            } else if self.peek() == Some(letter) {
                self.at += 1;
            } else {
                return None;
            }
        }
        Some(self)
    }

    /// As `eat_raw`, but Latin words must be whole, also not the beginning of `monday.com`.
    pub fn eat(self, word: &str) -> Option<Self> {
        let behind = self.eat_raw(word)?;
        if word.starts_with(is_word) && self.before().is_some_and(is_word) {
            return None;
        }
        let dotted = behind.eat_raw(".").unwrap_or(behind);
        let cut = word.ends_with(is_word) && dotted.peek().is_some_and(is_word);
        (!cut).then_some(behind)
    }

    /// The first of the words that stands here, and what it means. Longer ones must come first.
    pub fn eat_any<T: Copy>(self, words: &[(&str, T)]) -> Option<(T, Self)> {
        words
            .iter()
            .find_map(|(word, meaning)| Some((*meaning, self.eat(word)?)))
    }

    /// Behind the first of the words that stands here.
    pub fn eat_one_of(self, words: &[&str]) -> Option<Self> {
        words.iter().find_map(|word| self.eat(word))
    }

    /// Behind a word that may stand here, and spaces around it.
    pub fn skip(self, words: &[&str]) -> Self {
        let start = self.skip_spaces();
        start.eat_one_of(words).unwrap_or(start).skip_spaces()
    }
}
