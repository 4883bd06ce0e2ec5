namespace NewsBot.Chat;

/// <summary>Cuts texts to what a label holds. Pure.</summary>
internal static class Shortened
{
    /// <summary>The text, or its beginning with an ellipsis; no sign is torn in two.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">So many characters at most; at least 2.</param>
    public static string To(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }
}
