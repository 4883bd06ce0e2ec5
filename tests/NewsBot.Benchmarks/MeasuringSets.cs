using System.Diagnostics;
using System.Formats.Tar;
using System.Text.Json.Nodes;

namespace NewsBot.Benchmarks;

/// <summary>A folder of measuring sets: lines of JSON and files, packed or not.</summary>
/// <param name="folder">Where they are.</param>
internal sealed class MeasuringSets(string folder)
{
    /// <summary>The packed or plain file of a name, whichever is there.</summary>
    /// <param name="name">Such as <c>summ/articles.jsonl</c>.</param>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The files of a folder whose names end so.</summary>
    public IReadOnlyList<string> Names(string under, string end) =>
        Directory.Exists(Path.Combine(folder, under))
            ?
            [
                .. Directory
                    .EnumerateFiles(Path.Combine(folder, under), "*" + end)
                    .Select(path => $"{under}/{Path.GetFileName(path)}")
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>The text of a file, unpacked where it is packed.</summary>
    public string Text(string name)
    {
        using var reader = new StreamReader(Open(Find(name) ?? throw new FileNotFoundException("Missing", name)));
        return reader.ReadToEnd();
    }

    public List<JsonNode> Lines(string name) => Parse(Text(name));

    public static List<JsonNode> Parse(string lines) =>
        [
            .. lines
                .Split('\n')
                .Where(line => !string.IsNullOrWhiteSpace(line))
                .Select(line => JsonNode.Parse(line) ?? throw new FormatException("A line is null.")),
        ];

    /// <summary>All files of a folder, or of the archive that stands in its place.</summary>
    /// <param name="name">Such as <c>feeds/files</c> for that folder or <c>feeds/files.tar.xz</c>.</param>
    /// <returns>Names below the folder, with “/”.</returns>
    public IEnumerable<(string Name, byte[] Body)> Files(string name)
    {
        var root = Path.Combine(folder, name);
        return Directory.Exists(root)
            ? Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => (Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllBytes(path)))
            : Unpack(
                Open(Find(name + ".tar") ?? throw new FileNotFoundException("Missing", root)),
                Path.GetFileName(name)
            );
    }

    private static IEnumerable<(string Name, byte[] Body)> Unpack(Stream archive, string root)
    {
        using var tar = new TarReader(archive);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var body = new MemoryStream();
                data.CopyTo(body);
                var name = entry.Name.StartsWith(root + "/", StringComparison.Ordinal)
                    ? entry.Name[(root.Length + 1)..]
                    : entry.Name;
                yield return (name, body.ToArray());
            }
        }
    }

    private string? Find(string name) =>
        new[] { name, name + ".xz" }.Select(one => Path.Combine(folder, one)).FirstOrDefault(File.Exists);

    // .NET does not know this packing; the program that does is on every system that has such files.
    private static Stream Open(string path)
    {
        if (!path.EndsWith(".xz", StringComparison.Ordinal))
        {
            return File.OpenRead(path);
        }

        using var unpack =
            Process.Start(
                new ProcessStartInfo("xz", ["--decompress", "--stdout", path])
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            ) ?? throw new InvalidOperationException("xz did not start.");
        var unpacked = new MemoryStream();
        unpack.StandardOutput.BaseStream.CopyTo(unpacked);
        unpack.WaitForExit();
        unpacked.Position = 0;
        return unpack.ExitCode == 0 ? unpacked : throw new InvalidOperationException($"xz could not unpack {path}.");
    }
}
