namespace NewsBot.Chat;

/// <summary>A hash that is the same in every process, unlike a string's own. FNV-1a; only for spreading, never for secrets.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2_166_136_261u;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16_777_619;
        }

        return hash;
    }
}
