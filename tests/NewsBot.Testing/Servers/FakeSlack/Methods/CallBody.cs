using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>What a request says: the fields of its query and body, and its token.</summary>
/// <param name="Args">Fields by name.</param>
/// <param name="Token">Empty for none.</param>
/// <param name="IsJson">Whether the body was JSON.</param>
/// <param name="Warning">Such as missing_charset; null for none.</param>
internal sealed record CallBody(JsonObject Args, string Token, bool IsJson, string? Warning)
{
    // Larger than any message, smaller than what would hurt.
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>Client id and secret of a Basic Authorization header.</summary>
    public (string Id, string Secret)? Basic { get; private init; }

    /// <summary>Reads it all.</summary>
    /// <exception cref="FakeApiException">It is too large or not readable.</exception>
    public static async Task<CallBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var args = new JsonObject();
        foreach (var (name, value) in request.Query.Where(one => one.Key != "token"))
        {
            args[name] = value.ToString();
        }

        var token = "";
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            token = header[7..].Trim();
        }

        if (request.ContentLength > MaxBytes)
        {
            throw new FakeApiException("request_entity_too_large");
        }

        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellationToken);
            foreach (var (name, value) in form)
            {
                args[name] = value.ToString();
            }

            // A token in the form is as good as one in the header; one in the query is not.
            token = token.Length > 0 ? token : form["token"].ToString();
            return new CallBody(args, token, IsJson: false, Warning: null) { Basic = ReadBasic(header) };
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length > MaxBytes)
        {
            throw new FakeApiException("request_entity_too_large");
        }

        var type = request.ContentType ?? "";
        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return new CallBody(args, token, IsJson: false, Warning: null) { Basic = ReadBasic(header) };
        }

        AddJson(args, buffer.ToArray());
        var warning = type.Contains("charset", StringComparison.OrdinalIgnoreCase) ? null : "missing_charset";
        return new CallBody(args, token, IsJson: true, warning) { Basic = ReadBasic(header) };
    }

    private static void AddJson(JsonObject args, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        JsonNode? body;
        try
        {
            body = JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException)
        {
            throw new FakeApiException("invalid_json");
        }

        foreach (var (name, value) in body as JsonObject ?? throw new FakeApiException("json_not_object"))
        {
            args[name] = value?.DeepClone();
        }
    }

    private static (string Id, string Secret)? ReadBasic(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        return
            Convert.TryFromBase64String(header[6..], bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (id, secret)
            : null;
    }
}
