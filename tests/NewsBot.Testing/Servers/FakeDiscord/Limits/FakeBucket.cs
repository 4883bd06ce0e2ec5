using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeDiscord.Routes;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeDiscord.Limits;

/// <summary>The bucket a request falls into.</summary>
/// <param name="Hash">What the header calls it.</param>
/// <param name="Key">The hash and the channel, guild or webhook.</param>
/// <param name="Limit">How many it lets pass.</param>
/// <param name="Time">For the Reset header.</param>
internal sealed record FakeBucket(string Hash, string Key, FakeLimit Limit, TimeProvider Time)
{
    /// <summary>The bucket of a request; null where nothing limits its route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="values">The named parts of its path.</param>
    /// <param name="options">The limits.</param>
    /// <param name="salt">Changes all hashes.</param>
    public static FakeBucket? Of(
        FakeRoute route,
        IReadOnlyDictionary<string, string> values,
        FakeDiscordOptions options,
        int salt
    )
    {
        if (route.Limit is not { } of)
        {
            return null;
        }

        var limit = of(options.Limits);
        var name = route.Bucket ?? $"{route.Method} {route.Template}";
        if (
            route is { Method: "DELETE", Template: "/channels/{channel}/messages/{message}" }
            && ulong.TryParse(values["message"], CultureInfo.InvariantCulture, out var id)
            && FakeDiscordState.When(id) < options.Time.GetUtcNow() - TimeSpan.FromDays(14)
        )
        {
            limit = options.Limits.DeleteOld;
            name += " old";
        }

        var major = values.GetValueOrDefault("channel") ?? values.GetValueOrDefault("guild");
        if (values.TryGetValue("webhook", out var webhook))
        {
            major = $"{webhook}/{values.GetValueOrDefault("token")}";
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt} {name}")))[..32];
        return new FakeBucket(hash, $"{hash}:{major}", limit, options.Time);
    }

    /// <summary>Writes the headers. Source: https://discord.com/developers/docs/topics/rate-limits</summary>
    public void Write(HttpContext context, BucketVerdict verdict)
    {
        if (Limit.Count == int.MaxValue && verdict.Allowed)
        {
            return;
        }

        var headers = context.Response.Headers;
        var reset = (Time.GetUtcNow() + verdict.ResetAfter).ToUnixTimeMilliseconds() / 1000.0;
        headers["X-RateLimit-Limit"] = Limit.Count.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = reset.ToString("0.000", CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset-After"] = verdict.ResetAfter.TotalSeconds.ToString(
            "0.000",
            CultureInfo.InvariantCulture
        );
        headers["X-RateLimit-Bucket"] = Hash;
    }
}
