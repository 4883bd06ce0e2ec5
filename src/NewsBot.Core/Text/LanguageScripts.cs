namespace NewsBot.Core.Text;

/// <summary>The scripts by which languages are told apart. Source: https://www.unicode.org/charts/</summary>
internal static class LanguageScripts
{
    public const string Latin = "latin";
    public const string Cyrillic = "cyrillic";
    public const string Arabic = "arabic";
    public const string Kana = "kana";
    public const string Han = "han";
    public const string Hangul = "hangul";

    private const string Other = "other";

    private static readonly (int First, int Last, string Script)[] Blocks =
    [
        (0x0041, 0x024F, Latin),
        (0x0370, 0x03FF, "el"),
        (0x0400, 0x052F, Cyrillic),
        (0x0530, 0x058F, "hy"),
        (0x0590, 0x05FF, "he"),
        (0x0600, 0x077F, Arabic),
        (0x0900, 0x097F, "hi"),
        (0x0980, 0x09FF, "bn"),
        (0x0A00, 0x0A7F, "pa"),
        (0x0A80, 0x0AFF, "gu"),
        (0x0B80, 0x0BFF, "ta"),
        (0x0C00, 0x0C7F, "te"),
        (0x0C80, 0x0CFF, "kn"),
        (0x0D00, 0x0D7F, "ml"),
        (0x0D80, 0x0DFF, "si"),
        (0x0E00, 0x0E7F, "th"),
        (0x0E80, 0x0EFF, "lo"),
        (0x1000, 0x109F, "my"),
        (0x10A0, 0x10FF, "ka"),
        (0x1100, 0x11FF, Hangul),
        (0x1200, 0x137F, "am"),
        (0x1780, 0x17FF, "km"),
        (0x1E00, 0x1EFF, Latin),
        (0x1F00, 0x1FFF, "el"),
        (0x3040, 0x30FF, Kana),
        (0x3400, 0x9FFF, Han),
        (0xAC00, 0xD7AF, Hangul),
        (0xF900, 0xFAFF, Han),
        (0x20000, 0x3FFFF, Han),
    ];

    /// <summary>The script of a letter: the language's code where only one common language is written in it.</summary>
    public static string Of(int letter)
    {
        foreach (var (first, last, script) in Blocks)
        {
            if (letter >= first && letter <= last)
            {
                return script;
            }
        }

        return Other;
    }

    /// <returns>True where a sign is a word or a syllable, and words are not parted by spaces.</returns>
    public static bool IsDense(string script) => script is Kana or Han or Hangul;

    /// <returns>The one common language of a script; null where there are several.</returns>
    public static string? Single(string script) => script.Length == 2 ? script : null;
}
