namespace NewsBot.Core.Sources;

/// <summary>Why a text is not a filter.</summary>
/// <param name="Position">Index into the text, or into its canonical form where only that is wrong; within it or just behind its end.</param>
/// <param name="Sentence">One English sentence, first letter small, without a full stop.</param>
/// <param name="Display">Two lines for a fixed-width font: the text (or the part around the position), then a caret and the sentence.</param>
public sealed record FilterProblem(int Position, string Sentence, string Display)
{
    // What fits a phone in a fixed-width font, twice.
    private const int MaxShown = 80;

    internal static FilterProblem At(string text, int position, string sentence)
    {
        var from = Math.Max(0, Math.Min(position - (MaxShown / 2), text.Length - MaxShown));
        var shown = text.Substring(from, Math.Min(MaxShown, text.Length - from));
        var line = string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
        return new FilterProblem(position, sentence, $"{line}\n{new string(' ', position - from)}^ {sentence}");
    }
}
