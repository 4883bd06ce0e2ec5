using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NewsBot.Web.Pages;

/// <summary>Validators of what is sent. Source: https://www.rfc-editor.org/rfc/rfc9110#name-etag</summary>
internal static class EntityTags
{
    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"");
}
