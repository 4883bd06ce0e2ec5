namespace NewsBot.Web.SignIn;

/// <summary>Where a browser is led after a form: to pages of this server, and to no other.</summary>
internal static class OwnPath
{
    private const int Longest = 500;

    /// <summary>An address as it came with a request, where it is one of ours; else the front page.</summary>
    /// <param name="address">Anything.</param>
    public static string Of(string? address) =>
        address is { Length: > 0 and <= Longest } && IsOwn(address) ? address : "/";

    // Browsers take "//" and "/\" for the beginning of another host's address, and drop control characters before they look.
    private static bool IsOwn(string address) =>
        address[0] == '/'
        && (address.Length == 1 || address[1] is not '/' and not '\\')
        && address.All(character => character is > ' ' and < (char)0x7f and not '\\');
}
