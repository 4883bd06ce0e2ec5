using System.Text;

namespace NewsBot.Clients.Http;

/// <summary>Makes a server's words fit to be shown.</summary>
internal static class SafeWords
{
    /// <summary>On one line, cut off, without the token.</summary>
    public static string Clean(string text, string? token, int maxLength)
    {
        var harmless = string.IsNullOrEmpty(token) ? text : text.Replace(token, "[token]", StringComparison.Ordinal);
        var clean = new StringBuilder(Math.Min(harmless.Length, maxLength));
        foreach (var letter in harmless.AsSpan())
        {
            if (clean.Length == maxLength)
            {
                break;
            }

            clean.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return clean.ToString().TrimEnd('.', ' ');
    }
}
