namespace NewsBot.Tests.Doors;

/// <summary>Holds docs/permissions.md against the catalogue.</summary>
public sealed class PermissionsDocumentTests
{
    // Set to write the page anew after the catalogue has changed.
    private const string Write = "NEWSBOT_WRITE_DOCUMENTS";

    [Fact]
    public void The_page_says_what_the_catalogue_says()
    {
        var file = Path.Combine(Root(), "docs", "permissions.md");
        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            File.WriteAllText(file, PermissionsDocument.Build());
        }

        Assert.Equal(PermissionsDocument.Build(), File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NewsBot.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
