using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>The body of a request: JSON, a form, or both with files.</summary>
internal sealed partial record RequestBody(
    JsonNode? Json,
    IReadOnlyDictionary<string, string> Form,
    IReadOnlyDictionary<int, UploadedFile> Files
)
{
    // Discord's own: 25 MiB for a whole request.
    private const long MaxBytes = 25 * 1024 * 1024;

    private static readonly IReadOnlyDictionary<string, string> NoForm = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<int, UploadedFile> NoFiles = new Dictionary<int, UploadedFile>();

    [GeneratedRegex(@"^files?\[(?<number>\d{1,2})\]$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FileName { get; }

    /// <summary>Reads it all.</summary>
    /// <exception cref="FakeApiException">It is too large or not readable.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            throw Fail.With(40005);
        }

        if (request.HasFormContentType)
        {
            return await FormAsync(request, cancellationToken);
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length > MaxBytes)
        {
            throw Fail.With(40005);
        }

        if (buffer.Length == 0)
        {
            return new RequestBody(null, NoForm, NoFiles);
        }

        var type = request.ContentType ?? "";
        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw Fail.Field(
                "",
                "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of {'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}."
            );
        }

        return new RequestBody(Parse(buffer.ToArray()), NoForm, NoFiles);
    }

    private static async Task<RequestBody> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw Fail.Field("", "FORM_INVALID", "The form cannot be read.");
        }

        var files = new Dictionary<int, UploadedFile>();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancellationToken);
            var number = FileName.Match(file.Name) is { Success: true } match
                ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
                : files.Count;
            files[number] = new UploadedFile(
                file.FileName,
                file.ContentType is { Length: > 0 } type ? type : "application/octet-stream",
                bytes.ToArray()
            );
        }

        var fields = form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        JsonNode? json = null;
        if (fields.TryGetValue("payload_json", out var payload))
        {
            json = Parse(System.Text.Encoding.UTF8.GetBytes(payload));
        }
        else if (form.Files.Any(file => file.Name == "payload_json"))
        {
            json = Parse(files.Values.First(file => file.ContentType.Contains("json", StringComparison.Ordinal)).Bytes);
        }

        json ??= new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value)));
        return new RequestBody(json, fields, files);
    }

    private static JsonNode? Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(
                bytes,
                documentOptions: new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false }
            );
        }
        catch (JsonException)
        {
            throw Fail.With(50109);
        }
    }
}
