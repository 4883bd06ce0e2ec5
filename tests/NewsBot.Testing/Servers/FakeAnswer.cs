using System.Text;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers;

/// <summary>What the fake site answers at one path.</summary>
/// <param name="Body">Sent as it is.</param>
/// <param name="ContentType">The Content-Type header; empty for none.</param>
public sealed record FakeAnswer(ReadOnlyMemory<byte> Body, string ContentType)
{
    /// <summary>HTTP status; 200 where nothing else is said.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Further headers; an ETag here replaces the one computed from the body.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether an ETag is computed and conditional requests get a 304.</summary>
    public bool Conditional { get; init; } = true;

    /// <summary>An answer of UTF-8 text.</summary>
    public static FakeAnswer Text(string body, string contentType) => new(Encoding.UTF8.GetBytes(body), contentType);
}

/// <summary>A request the fake site has seen.</summary>
/// <param name="Method">GET, HEAD …</param>
/// <param name="Path">Path with query.</param>
/// <param name="Headers">As sent; names in any case.</param>
/// <param name="At">When it came.</param>
public sealed record FakeRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset At
)
{
    internal static FakeRequest Of(HttpRequest request, DateTimeOffset at) =>
        new(
            request.Method,
            request.Path.Value + request.QueryString,
            request.Headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            ),
            at
        );
}
