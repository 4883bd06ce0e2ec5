using System.Collections.Frozen;
using System.Security.Cryptography;

namespace NewsBot.Web.Assets;

/// <summary>The style sheet, scripts and icon of our pages, embedded in the program. The hash in an address lets browsers keep the file for ever.</summary>
internal static class PageAssets
{
    private const string Prefix = "NewsBot.Web.Assets.";

    private static readonly FrozenDictionary<string, PageAsset> ByName = Load()
        .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PageAsset> ByPath = ByName.Values.ToFrozenDictionary(
        asset => asset.Path,
        StringComparer.Ordinal
    );

    /// <param name="name">File name as in this folder.</param>
    /// <exception cref="KeyNotFoundException">No such file is embedded.</exception>
    public static string Url(string name) => ByName[name].Path;

    /// <returns>Null where no file has this address now.</returns>
    public static PageAsset? Find(string path) => ByPath.GetValueOrDefault(path);

    private static IEnumerable<PageAsset> Load()
    {
        var assembly = typeof(PageAssets).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            yield return PageAsset.Of(resource[Prefix.Length..], memory.ToArray());
        }
    }
}

/// <summary>One embedded file.</summary>
/// <param name="Name">File name.</param>
/// <param name="Path">Where it is served, with a hash of its content.</param>
/// <param name="ContentType">With charset where it is text.</param>
/// <param name="Content">The file.</param>
internal sealed record PageAsset(string Name, string Path, string ContentType, ReadOnlyMemory<byte> Content)
{
    public static PageAsset Of(string name, byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..10];
        var extension = System.IO.Path.GetExtension(name);
        var type = extension switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        return new PageAsset(name, $"/assets/{name[..^extension.Length]}.{hash}{extension}", type, content);
    }
}
