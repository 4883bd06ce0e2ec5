using System.Text.RegularExpressions;
using NewsBot.Testing;

namespace NewsBot.Core.Tests.Architecture;

/// <summary>Keeps the road straight: a folder of NewsBot.Core may use only the folders that stand before it here.</summary>
public sealed partial class DirectionTests
{
    private static readonly string[] RoadOrder =
    [
        "Text",
        "Feeds",
        "Communities",
        "Channels",
        "Sources",
        "Summaries",
        "Stories",
        "Posts",
        "Comments",
        "Digests",
        "Commands",
        "Flows",
    ];

    private static readonly string[] Outside =
    [
        "NewsBot.Clients",
        "newsbot",
        "Quartz",
        "Dapper",
        "Microsoft.Data.Sqlite",
        "Npgsql",
        "Microsoft.AspNetCore",
        "System.Net.Http",
    ];

    [Fact]
    public void Core_folders_use_only_folders_that_come_before_them()
    {
        var core = Path.Combine(Checkout.Root, "src", "NewsBot.Core");
        var wrong =
            from file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar)[0]
            where !folder.StartsWith('.') && folder is not "obj" and not "bin"
            from use in CoreUse().Matches(File.ReadAllText(file)).Select(match => match.Groups["folder"].Value)
            where use != folder && Place(use) >= Place(folder)
            select $"{folder}/{Path.GetFileName(file)} uses {use}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_Core_has_its_place_on_the_road()
    {
        var folders = Directory
            .EnumerateDirectories(Path.Combine(Checkout.Root, "src", "NewsBot.Core"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => name is not "obj" and not "bin");

        Assert.All(folders, folder => Assert.Contains(folder, RoadOrder));
    }

    [Fact]
    public void Core_knows_nothing_of_the_outside()
    {
        var references = typeof(NewsBot.Core.Feeds.FeedParser)
            .Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!);

        Assert.DoesNotContain(
            references,
            name => Outside.Any(forbidden => name.StartsWith(forbidden, StringComparison.Ordinal))
        );
    }

    private static int Place(string folder)
    {
        var place = Array.IndexOf(RoadOrder, folder);
        Assert.True(place >= 0, $"NewsBot.Core.{folder} has no place on the road.");
        return place;
    }

    [GeneratedRegex(@"NewsBot\.Core\.(?<folder>[A-Z]\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex CoreUse();
}
