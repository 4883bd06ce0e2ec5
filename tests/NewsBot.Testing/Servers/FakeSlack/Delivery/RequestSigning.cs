using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Testing.Servers.FakeSlack.Delivery;

/// <summary>Signs requests. Source: https://docs.slack.dev/authentication/verifying-requests-from-slack</summary>
internal static class RequestSigning
{
    /// <summary>The value of X-Slack-Signature.</summary>
    /// <param name="secret">The signing secret, as text.</param>
    /// <param name="second">The value of X-Slack-Request-Timestamp.</param>
    /// <param name="body">The raw body.</param>
    public static string Sign(string secret, long second, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{second}:"));
        byte[] signed = [.. head, .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
