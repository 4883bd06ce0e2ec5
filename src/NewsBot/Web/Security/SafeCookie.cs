namespace NewsBot.Web.Security;

/// <summary>
/// Names of cookies. Over TLS they begin with a word that makes browsers keep them from every other host, also one of the
/// same domain, which could plant its own. Source: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix
/// </summary>
internal static class SafeCookie
{
    private const string Prefix = "__Host-";

    /// <param name="name">Without a prefix.</param>
    /// <param name="request">The request that brings it, or whose answer sets it.</param>
    public static string Name(string name, HttpRequest request) => request.IsHttps ? Prefix + name : name;
}
