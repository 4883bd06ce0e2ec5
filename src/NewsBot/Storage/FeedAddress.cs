using System.Security.Cryptography;

namespace NewsBot.Storage;

/// <summary>
/// The address of a feed as it is kept. One with a login has a fragment that keeps it apart from the same address of other
/// communities, so what it brings is never theirs. Pure.
/// </summary>
internal static class FeedAddress
{
    /// <summary>The address as people and servers know it.</summary>
    public static Uri Bare(Uri url) => url.Fragment.Length == 0 ? url : new UriBuilder(url) { Fragment = "" }.Uri;

    /// <inheritdoc cref="Bare(Uri)"/>
    public static string Bare(string url) => url.Split('#')[0];

    /// <summary>A fragment nobody else has.</summary>
    public static string NewMark() => "#" + RandomNumberGenerator.GetHexString(16, lowercase: true);
}
