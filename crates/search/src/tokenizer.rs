//! Hands the words of `domain::segment` to the index.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tenon_domain::segment;

#[derive(Clone)]
pub(crate) struct Words;

pub(crate) struct Stream {
    words: std::vec::IntoIter<segment::Word>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream(&mut self, text: &str) -> Stream {
        Stream {
            words: segment::words(text).into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        self.token = Token {
            offset_from: word.range.start,
            offset_to: word.range.end,
            position: word.position,
            text: word.text,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
