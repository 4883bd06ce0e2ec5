namespace NewsBot.Core.Sources;

/// <summary>A place in the text of a filter. The first problem ends the reading: from then on the text counts as read.</summary>
internal sealed class FilterCursor(string text)
{
    internal string Text => text;

    internal int At { get; set; }

    internal FilterProblem? Problem { get; private set; }

    internal ReadOnlySpan<char> Rest => text.AsSpan(At);

    internal void Fail(int position, string sentence)
    {
        Problem ??= FilterProblem.At(text, Math.Max(0, position), sentence);
        At = text.Length;
    }

    internal bool IsWord(string word)
    {
        SkipSpace();
        var end = At + word.Length;
        return Rest.StartsWith(word, StringComparison.Ordinal)
            && (end == text.Length || FilterParser.EndsWord(text[end]));
    }

    internal bool TakeWord(string word)
    {
        var taken = IsWord(word);
        At += taken ? word.Length : 0;
        return taken;
    }

    internal char Peek() => SkipSpace() < text.Length ? text[At] : '\0';

    internal int SkipSpace()
    {
        while (At < text.Length && (char.IsWhiteSpace(text[At]) || char.IsControl(text[At])))
        {
            At++;
        }

        return At;
    }
}
