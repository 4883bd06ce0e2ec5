using System.Text;

namespace NewsBot.Core.Text;

/// <summary>
/// What a name looks like: letters of other alphabets, small capitals and digits that are read as Latin letters become
/// those. After the idea of https://www.unicode.org/reports/tr39/#Confusable_Detection, for what keyboards can write. Pure.
/// </summary>
public static class Lookalikes
{
    // Each string holds, one by one, letters that look like those of the string below it.
    private static readonly (string Letters, string Latin)[] Tables =
    [
        // Cyrillic
        ("АВЕЅІЈКМНОРСТУХҮԌԚԜѴ", "abesljkmhopctyxygqwv"),
        ("авеѕіјкмнорстухһԁԛԝѡѵүӏ", "abesijkmhopctyxhdqwwvyl"),
        // Greek
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "abezhlkmnoptyxc"),
        ("αβεηικνορτυχωϲϳ", "abenikvoptuxwcj"),
        // Armenian
        ("օոսհցզ", "onuhgq"),
        // Small capitals, and Latin letters of other shapes
        ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"),
        ("ıɑɡƅʏ", "iagby"),
        ("I|10", "lllo"),
    ];

    private static readonly Dictionary<char, char> Latin = Tables
        .SelectMany(table => table.Letters.Zip(table.Latin))
        .DistinctBy(pair => pair.First)
        .ToDictionary(pair => pair.First, pair => pair.Second);

    /// <returns>The same text for texts that look alike; for comparing only, never to be shown.</returns>
    public static string Of(string text)
    {
        var seen = new StringBuilder();
        foreach (var letter in Normalized.Of(text, NormalizationForm.FormKD))
        {
            seen.Append(Latin.TryGetValue(letter, out var latin) ? latin : char.ToLowerInvariant(letter));
        }

        return seen.Replace("rn", "m").Replace("vv", "w").ToString();
    }

    /// <returns>As <see cref="Of"/>, of nothing but its letters: without spaces, marks and signs between them.</returns>
    public static string OfLetters(string text) => string.Concat(Of(text).Where(char.IsLetterOrDigit));
}
