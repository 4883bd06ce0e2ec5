using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Clients.Slack.Events;

/// <summary>
/// Checks that a request comes from Slack: HMAC-SHA256 with the app's signing secret over the timestamp's text and the
/// raw body. Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
/// </summary>
public sealed class SlackSignature
{
    // The same as Slack's own libraries: an older one may have been recorded and sent again.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const string Version = "v0";
    private const int HexDigits = 64;

    // Seconds since 1970 have ten digits for a long time.
    private const int LongestTimestamp = 11;

    private readonly byte[][] _secrets;

    /// <param name="secrets">The app's signing secret; a second one while it is being changed. Spaces around them do not matter.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty.</exception>
    public SlackSignature(params IReadOnlyList<string> secrets)
    {
        _secrets = [.. secrets.Select(secret => Encoding.UTF8.GetBytes(secret.Trim()))];
        if (_secrets.Length == 0 || _secrets.Any(secret => secret.Length == 0))
        {
            throw new ArgumentException(
                "The signing secret is empty: copy it from Basic Information in the app's settings.",
                nameof(secrets)
            );
        }
    }

    /// <param name="signature">The header X-Slack-Signature; null where it was absent.</param>
    /// <param name="timestamp">The header X-Slack-Request-Timestamp; null where it was absent.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="now">The time.</param>
    /// <returns>False for anything that Slack did not sign within five minutes; never throws.</returns>
    public bool IsValid(string? signature, string? timestamp, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!IsFresh(timestamp, now) || Digest(signature) is not { } signed)
        {
            return false;
        }

        byte[] message = [.. Encoding.ASCII.GetBytes($"{Version}:{timestamp}:"), .. body];
        var isValid = false;
        foreach (var secret in _secrets)
        {
            // All are tried, so that the time taken does not tell which one fits.
            isValid |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, message), signed);
        }

        return isValid;
    }

    /// <summary>Whether the headers have the shape of a fresh signature at all; says nothing of whose it is.</summary>
    public static bool CanBe(string? signature, string? timestamp, DateTimeOffset now) =>
        IsFresh(timestamp, now) && Digest(signature) is not null;

    private static bool IsFresh(string? timestamp, DateTimeOffset now) =>
        timestamp is { Length: > 0 and <= LongestTimestamp }
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Window;

    private static byte[]? Digest(string? signature)
    {
        // The bound comes first, so that junk of any size costs nothing.
        if (
            signature is null
            || signature.Length != Version.Length + 1 + HexDigits
            || !signature.StartsWith($"{Version}=", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var digest = new byte[HexDigits / 2];
        var status = Convert.FromHexString(signature.AsSpan(Version.Length + 1), digest, out _, out var written);
        return status == System.Buffers.OperationStatus.Done && written == digest.Length ? digest : null;
    }
}
