using System.Security.Cryptography;

namespace NewsBot.Storage;

/// <summary>
/// The address of a feed as it is kept. One with a login has a fragment that keeps it apart from the same address of other
/// communities, so what it brings is never theirs. Pure.
/// </summary>
internal static class FeedAddress
{
    // Parts of what services call the key in a feed's address.
    private static readonly string[] Keys = ["token", "key", "secret", "auth", "sig", "pass", "hash", "session"];

    /// <summary>The address as people and servers know it.</summary>
    public static Uri Bare(Uri url) => url.Fragment.Length == 0 ? url : new UriBuilder(url) { Fragment = "" }.Uri;

    /// <inheritdoc cref="Bare(Uri)"/>
    public static string Bare(string url) => url.Split('#')[0];

    /// <summary>Whether an address is one community's alone: it has a login, or a key stands in it.</summary>
    public static bool IsPrivate(string url) =>
        url.Contains('#', StringComparison.Ordinal)
        || (
            Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (
                address.UserInfo.Length > 0
                || address
                    .Query.TrimStart('?')
                    .Split('&')
                    .Any(pair => Array.Exists(Keys, key => IsNamed(pair.Split('=')[0], key)))
            )
        );

    /// <summary>The same of a feed or of a page, whose fragment only keeps its selectors apart from those of others.</summary>
    /// <param name="url">As it is kept.</param>
    /// <param name="recipe">Its selectors; null for a feed.</param>
    public static bool IsPrivate(string url, string? recipe) => IsPrivate(recipe is null ? url : Bare(url));

    /// <summary>A fragment nobody else has.</summary>
    public static string NewMark() => "#" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    private static bool IsNamed(string name, string key) => name.Contains(key, StringComparison.OrdinalIgnoreCase);
}
