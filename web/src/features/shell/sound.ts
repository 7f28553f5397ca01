// The sound of a notification: two soft notes, made here. A browser that has not been touched yet
// stays silent.

const NOTES_HZ = [659.25, 880]
const NOTE_S = 0.09
const LOUDNESS = 0.08

let context: AudioContext | undefined

export function playSound(): void {
  try {
    context ??= new AudioContext()
    void context.resume()
    const begin = context.currentTime + 0.01
    for (const [index, note] of NOTES_HZ.entries()) play(context, note, begin + index * NOTE_S)
  } catch {
    // No sound here.
  }
}

function play(audio: AudioContext, frequency: number, at: number): void {
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.type = 'sine'
  tone.frequency.value = frequency
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 3)
  tone.connect(volume).connect(audio.destination)
  tone.start(at)
  tone.stop(at + NOTE_S * 3)
}
