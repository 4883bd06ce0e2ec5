using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using NewsBot.Testing;

namespace NewsBot.Tests.Supply;

/// <summary>What others wrote and NewsBot ships: all of it listed, and all of it free to use like NewsBot itself.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Taken = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "PostgreSQL"];

    [Fact]
    public void Every_package_the_program_ships_has_a_licence_we_take()
    {
        var packages = Shipped();

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package.Licence, Taken));
    }

    [Fact]
    public async Task The_list_of_licences_is_what_the_program_ships()
    {
        var written = await File.ReadAllTextAsync(
            Path.Combine(Checkout.Root, "docs", "licenses.md"),
            TestContext.Current.CancellationToken
        );

        var table = new StringBuilder("| Package | Licence | Copyright |\n|---|---|---|\n");
        foreach (var package in Shipped())
        {
            table.Append(CultureInfo.InvariantCulture, $"| {package.Id} | {package.Licence} | {package.Copyright} |\n");
        }

        Assert.EndsWith(table.ToString(), written, StringComparison.Ordinal);
    }

    /// <summary>Packages of which something lies beside the program, by name.</summary>
    private static List<Package> Shipped()
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Checkout.Root, ".artifacts", "obj", "NewsBot", "project.assets.json"))
        );
        var folder = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        var libraries = assets.RootElement.GetProperty("libraries");
        return
        [
            .. assets
                .RootElement.GetProperty("targets")
                .GetProperty("net10.0")
                .EnumerateObject()
                .Where(one => one.Value.GetProperty("type").ValueEquals("package"))
                .Where(one => one.Value.TryGetProperty("runtime", out _))
                .Select(one => Read(folder, libraries.GetProperty(one.Name).GetProperty("path").GetString()!))
                .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static Package Read(string folder, string path)
    {
        var file = Directory.EnumerateFiles(Path.Combine(folder, path), "*.nuspec").Single();
        var facts = XDocument
            .Load(file)
            .Root!.Elements()
            .Single(element => element.Name.LocalName == "metadata")
            .Elements()
            .ToLookup(element => element.Name.LocalName, StringComparer.Ordinal);
        var licence = facts["license"].SingleOrDefault(one => (string?)one.Attribute("type") == "expression")?.Value;
        // Who gives no line of copyright is named as the author.
        var copyright = facts["copyright"].SingleOrDefault()?.Value ?? facts["authors"].Single().Value;
        return new Package(facts["id"].Single().Value, licence ?? "none named", Line(copyright));
    }

    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("|", "\\|", StringComparison.Ordinal);

    private sealed record Package(string Id, string Licence, string Copyright);
}
