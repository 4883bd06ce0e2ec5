using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>
/// Makes bodies: JSON, or a form with files. Source: https://discord.com/developers/docs/reference#uploading-files
/// </summary>
internal sealed class RestBody
{
    // Discord's own limits: ten files, 10 MiB each without boosts, 25 MiB in a request.
    private const int MaxFiles = 10;
    private const int MaxFileBytes = 10 * 1024 * 1024;
    private const int MaxRequestBytes = 25 * 1024 * 1024;

    // "Request entity too large. Try sending something smaller in size."
    private const int TooLarge = 40005;

    private readonly byte[] _json;
    private readonly IReadOnlyList<UploadFile> _files;

    private RestBody(byte[] json, IReadOnlyList<UploadFile> files)
    {
        _json = json;
        _files = files;
    }

    public static RestBody Of<T>(T payload, IReadOnlyList<UploadFile> files) =>
        new(JsonSerializer.SerializeToUtf8Bytes(payload, DiscordJson.Options), files);

    public static RestBody Of<T>(T payload) => Of(payload, []);

    /// <summary>Names the files for Discord where the caller did not.</summary>
    public static IReadOnlyList<AttachmentDraft>? Drafts(
        IReadOnlyList<AttachmentDraft>? drafts,
        IReadOnlyList<UploadFile> files
    ) =>
        drafts is null && files.Count > 0
            ? [.. files.Select((file, place) => new AttachmentDraft(PlaceOf(place), file.Name))]
            : drafts;

    /// <exception cref="DiscordException">It is larger than Discord takes.</exception>
    public void Check()
    {
        var isTooLarge =
            _files.Count > MaxFiles
            || _files.Any(file => file.Bytes.Length > MaxFileBytes)
            || _json.Length + _files.Sum(file => (long)file.Bytes.Length) > MaxRequestBytes;
        if (isTooLarge)
        {
            throw new DiscordException(
                null,
                TooLarge,
                "A call carries at most 10 files, 10 MiB in each and 25 MiB in all; it was not sent."
            );
        }
    }

    /// <summary>Made anew for every try: sending uses it up.</summary>
    public HttpContent Make() => _files.Count == 0 ? Json(_json) : Form(_json, _files);

    private static ByteArrayContent Json(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "The form disposes its parts."
    )]
    private static MultipartFormDataContent Form(byte[] json, IReadOnlyList<UploadFile> files)
    {
        var form = new MultipartFormDataContent();
        Add(form, Json(json), "form-data; name=\"payload_json\"");
        for (var place = 0; place < files.Count; place++)
        {
            var file = files[place];
            var content = new ReadOnlyMemoryContent(file.Bytes);
            content.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type)
                ? type
                : new MediaTypeHeaderValue("application/octet-stream");
            Add(form, content, $"form-data; name=\"files[{PlaceOf(place)}]\"; filename=\"{Safe(file.Name)}\"");
        }

        return form;
    }

    // Written by hand, since .NET leaves out the quotes that not every server can do without.
    private static void Add(MultipartFormDataContent form, HttpContent content, string disposition)
    {
        content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        form.Add(content);
    }

    private static string Safe(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            safe.Append(char.IsAscii(letter) && !char.IsControl(letter) && letter is not ('"' or '\\') ? letter : '_');
        }

        return safe.ToString();
    }

    private static string PlaceOf(int place) => place.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
