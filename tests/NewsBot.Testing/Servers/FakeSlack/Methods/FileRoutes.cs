using System.Text;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Files and pictures, as Slack's own file server has them.</summary>
internal static class FileRoutes
{
    private const int MaxBytes = 25 * 1024 * 1024;

    /// <summary>The second of the three steps of an upload.</summary>
    public static async Task UploadAsync(HttpContext context, FakeSlackState state, string id)
    {
        using var buffer = new MemoryStream();
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            foreach (var file in form.Files)
            {
                await file.CopyToAsync(buffer, context.RequestAborted);
            }
        }
        else
        {
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        }

        var taken = state.Change(() =>
        {
            if (buffer.Length is 0 or > MaxBytes || !state.World.Files.TryGetValue(id, out var file))
            {
                return false;
            }

            file.Bytes = buffer.ToArray();
            return true;
        });
        await Answer.TextAsync(context, taken ? 200 : 400, taken ? $"OK - {buffer.Length}" : "not taken");
    }

    /// <summary>
    /// A file, for whoever has a token that may see it; others get a page to sign in on, with 200, as from Slack.
    /// </summary>
    public static Task DownloadAsync(HttpContext context, FakeSlackState state, string teamAndFile)
    {
        lock (state.Sync)
        {
            var file = state.World.Files.GetValueOrDefault(teamAndFile.Split('-')[^1]);
            if (file is null)
            {
                return Answer.TextAsync(context, 404, "not_found");
            }

            try
            {
                var header = context.Request.Headers.Authorization.ToString();
                var token = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : "";
                FakeActor.SignedIn(state, token).Need("files:read");
            }
            catch (FakeApiException)
            {
                return Answer.TextAsync(
                    context,
                    200,
                    "<!DOCTYPE html><html><title>Sign in</title></html>",
                    "text/html; charset=utf-8"
                );
            }

            context.Response.ContentType = file.ContentType;
            return Answer.BytesAsync(context, file.Bytes);
        }
    }

    /// <summary>Somebody's picture.</summary>
    public static Task PictureAsync(HttpContext context, string name)
    {
        context.Response.ContentType = "image/png";
        return Answer.BytesAsync(context, FakeNewsroom.Png(Encoding.UTF8.GetBytes(name).Sum(one => one) % 97));
    }
}
