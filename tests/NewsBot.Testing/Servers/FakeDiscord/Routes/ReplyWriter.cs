using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeDiscord.Faults;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Writes answers, refusals and broken answers.</summary>
internal static class ReplyWriter
{
    private const string Html =
        "<!DOCTYPE html><html><head><title>Something went wrong</title></head><body><h1>Error</h1></body></html>";

    // A client that waits longer than this has no timeout of its own.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task WriteAsync(HttpContext context, FakeReply reply)
    {
        context.Response.StatusCode = reply.Status;
        if (reply.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        if (reply.File is { } file)
        {
            context.Response.ContentType = file.ContentType;
            return BytesAsync(context, file.Bytes);
        }

        return reply.Body is { } body ? JsonAsync(context, body) : Task.CompletedTask;
    }

    public static Task ErrorAsync(HttpContext context, FakeApiException error)
    {
        context.Response.StatusCode = error.Status;
        return JsonAsync(context, error.Body());
    }

    /// <summary>429 in Discord's own words.</summary>
    public static Task LimitedAsync(HttpContext context, string scope, TimeSpan retry)
    {
        var headers = context.Response.Headers;
        headers["Via"] = "1.1 google";
        headers["X-RateLimit-Scope"] = scope;
        if (scope == "global")
        {
            headers["X-RateLimit-Global"] = "true";
        }

        headers.RetryAfter = Math.Ceiling(retry.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return BodyAsync(context, scope == "global", retry);
    }

    /// <summary>429 without a header that says why.</summary>
    public static Task BareLimitAsync(HttpContext context, TimeSpan retry) => BodyAsync(context, false, retry);

    /// <summary>429 of the machine before Discord.</summary>
    public static Task CloudflareAsync(HttpContext context, TimeSpan retry)
    {
        context.Response.StatusCode = 429;
        context.Response.Headers.RetryAfter = Math.Ceiling(retry.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/html; charset=UTF-8";
        return BytesAsync(context, Encoding.UTF8.GetBytes(Html));
    }

    /// <summary>Breaks the answer.</summary>
    /// <returns>False where this fault lets the answer pass.</returns>
    public static async Task<bool> BreakAsync(HttpContext context, FakeFaultRule fault, TimeProvider time)
    {
        switch (fault.Kind)
        {
            case FakeFaultKind.Status:
                context.Response.StatusCode = fault.Status;
                await JsonAsync(
                    context,
                    new JsonObject { ["message"] = $"{fault.Status}: Server Error", ["code"] = 0 }
                );
                return true;
            case FakeFaultKind.Timeout:
                fault.Reached?.TrySetResult();
                await Task.Delay(LongestSilence, time, context.RequestAborted)
                    .ContinueWith(
                        _ => { },
                        CancellationToken.None,
                        TaskContinuationOptions.None,
                        TaskScheduler.Default
                    );
                context.Abort();
                return true;
            case FakeFaultKind.Abort:
                context.Abort();
                return true;
            case FakeFaultKind.Html:
                context.Response.StatusCode = 200;
                context.Response.ContentType = "text/html; charset=UTF-8";
                await BytesAsync(context, Encoding.UTF8.GetBytes(Html));
                return true;
            case FakeFaultKind.HalfJson:
                context.Response.StatusCode = 200;
                context.Response.ContentType = "application/json";
                await BytesAsync(context, "{\"id\":\"12"u8.ToArray());
                return true;
            default:
                return false;
        }
    }

    public static Task JsonAsync(HttpContext context, JsonNode body)
    {
        context.Response.ContentType = "application/json";
        return BytesAsync(context, Encoding.UTF8.GetBytes(body.ToJsonString(Form)));
    }

    private static Task BodyAsync(HttpContext context, bool global, TimeSpan retry)
    {
        context.Response.StatusCode = 429;
        return JsonAsync(
            context,
            new JsonObject
            {
                ["message"] = "You are being rate limited.",
                ["retry_after"] = Math.Round(Math.Max(0.001, retry.TotalSeconds), 3),
                ["global"] = global,
            }
        );
    }

    private static async Task BytesAsync(HttpContext context, byte[] bytes)
    {
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
