using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Writes answers, whole and broken ones.</summary>
internal static class Answer
{
    private const string Html =
        "<!DOCTYPE html><html><head><title>Server Error</title></head><body><h1>Something went wrong</h1></body></html>";

    // A client that waits longer than this has no timeout of its own.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task JsonAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return BytesAsync(context, Encoding.UTF8.GetBytes(body.ToJsonString(Form)));
    }

    public static Task TextAsync(
        HttpContext context,
        int status,
        string text,
        string type = "text/plain; charset=utf-8"
    )
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return BytesAsync(context, Encoding.UTF8.GetBytes(text));
    }

    public static Task BytesAsync(HttpContext context, byte[] bytes)
    {
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Breaks the answer.</summary>
    /// <returns>False where this fault lets the answer pass.</returns>
    public static async Task<bool> BreakAsync(
        HttpContext context,
        FakeFaultRule fault,
        TimeProvider time,
        CallBody body
    )
    {
        switch (fault.Kind)
        {
            case FakeFaultKind.Error:
                await JsonAsync(context, 200, ErrorOf(fault, body));
                return true;
            case FakeFaultKind.Status:
                await TextAsync(context, fault.Status, Html, "text/html; charset=utf-8");
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
                await TextAsync(context, 200, Html, "text/html; charset=utf-8");
                return true;
            case FakeFaultKind.HalfJson:
                await TextAsync(context, 200, "{\"ok\":tr", "application/json; charset=utf-8");
                return true;
            default:
                return false;
        }
    }

    private static JsonObject ErrorOf(FakeFaultRule fault, CallBody body)
    {
        var error = new JsonObject { ["ok"] = false, ["error"] = fault.Code };
        if (fault.Code == "missing_scope")
        {
            error["needed"] = fault.Needed;
            error["provided"] = "commands";
        }

        if (body.Warning is { } warning)
        {
            error["warning"] = warning;
        }

        return error;
    }
}
