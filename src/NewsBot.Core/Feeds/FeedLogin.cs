using System.Buffers;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>What opens a feed that is not for everybody: one header, for one server. What it says is never written out by itself.</summary>
/// <param name="origin">The only server it is sent to, as <see cref="OriginOf"/> writes it.</param>
/// <param name="header">The name of the header.</param>
/// <param name="value">What the header says.</param>
public sealed class FeedLogin(string origin, string header, string value)
{
    /// <summary>Longest name of a header.</summary>
    public const int MaxName = 64;

    /// <summary>Longest user name, password or value.</summary>
    public const int MaxText = 500;

    // Source: https://www.rfc-editor.org/rfc/rfc9110#name-tokens
    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    // They steer the connection or the answer, or are ours to set.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Upgrade",
        "HTTP2-Settings",
        "Expect",
        "Range",
        "Via",
        "Cookie2",
        "User-Agent",
    };

    private static readonly string[] RefusedBeginnings = ["Content-", "Transfer-", "Proxy-", "Accept", "If-", "Sec-"];

    /// <summary>The only server it is sent to.</summary>
    public string Origin { get; } = origin;

    /// <summary>The name of the header.</summary>
    public string Header { get; } = header;

    /// <summary>What the header says.</summary>
    public string Value { get; } = value;

    /// <summary>Scheme, host and port of an address.</summary>
    /// <param name="url">Absolute.</param>
    public static string OriginOf(Uri url) => $"{url.Scheme}://{HostName.Of(url)}:{url.Port}";

    /// <summary>A user name with its password.</summary>
    /// <param name="url">The address it is for.</param>
    /// <param name="user">As typed.</param>
    /// <param name="password">As typed; may be empty.</param>
    /// <returns>The login, or the sentence that says why it is none.</returns>
    public static (FeedLogin? Login, string Problem) Basic(Uri url, string user, string password)
    {
        if (user.Length is 0 or > MaxText || password.Length > MaxText)
        {
            return (null, $"A login is a user name and a password of at most {MaxText} characters each.");
        }

        // Source: https://www.rfc-editor.org/rfc/rfc7617#section-2
        return user.Contains(':', StringComparison.Ordinal) || user.Any(char.IsControl) || password.Any(char.IsControl)
            ? (
                null,
                "A user name has no colon, and neither it nor a password has line breaks or other invisible signs."
            )
            : (
                new FeedLogin(
                    OriginOf(url),
                    "Authorization",
                    "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
                ),
                ""
            );
    }

    /// <summary>One header of its own.</summary>
    /// <param name="url">The address it is for.</param>
    /// <param name="name">As typed.</param>
    /// <param name="value">As typed.</param>
    /// <returns>The login, or the sentence that says why it is none.</returns>
    public static (FeedLogin? Login, string Problem) OfHeader(Uri url, string name, string value)
    {
        if (name.Length is 0 or > MaxName || name.AsSpan().ContainsAnyExcept(Token))
        {
            return (null, $"The name of a header is letters, digits and dashes, at most {MaxName}, such as X-Api-Key.");
        }

        if (
            Refused.Contains(name)
            || Array.Exists(RefusedBeginnings, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        )
        {
            return (null, "This header says how the request itself is made, so it cannot be a login.");
        }

        return value.Trim() is { Length: > 0 and <= MaxText } text && text.All(one => one is >= ' ' and <= '~')
            ? (new FeedLogin(OriginOf(url), name, text), "")
            : (null, $"The value of a header is plain letters, digits and signs in one line, 1 to {MaxText} of them.");
    }

    /// <summary>Whether it may be sent to an address.</summary>
    /// <param name="url">Absolute.</param>
    public bool IsFor(Uri url) => OriginOf(url) == Origin;

    /// <summary>Nothing of what it says.</summary>
    public override string ToString() => "a login";
}
