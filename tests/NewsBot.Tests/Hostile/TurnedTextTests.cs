using AngleSharp.Dom;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Hostile;

/// <summary>Names and headlines that are read from the right, or turn what follows them: what stands beside them stays in its order.</summary>
public sealed class TurnedTextTests(PageServer server) : IClassFixture<PageServer>
{
    // "Voice" in Hebrew behind an override that is never closed.
    private const string Mark = "קול";

    [Fact]
    public async Task Foreign_text_stands_apart_from_its_neighbours_on_every_page()
    {
        var world = HostileWorld.InTo(server, [.. Enumerable.Range(1, 16).Select(number => $"\u202e{Mark} {number}")]);
        List<string> faults = [];
        foreach (
            var path in new[]
            {
                "/",
                $"/stories/{world.Story}",
                $"/stories/{world.Stories[0]}",
                $"/search?q={Uri.EscapeDataString(Mark)}",
                "/status",
                "/sources/3",
                "/members/3",
                $"/chat/{HostileWorld.Room}?story={world.Story}",
            }
        )
        {
            var page = await server.PageAsync(path);
            var texts = page.Body!.Descendants<IText>()
                .Where(text => text.Data.Contains(Mark, StringComparison.Ordinal))
                .ToList();
            Assert.True(texts.Count > 0, path);
            faults.AddRange(
                texts
                    .Where(text => text.ParentElement!.Closest("bdi,[dir=auto],script,option,textarea,button") is null)
                    .Select(text => $"{path}: {text.ParentElement!.ParentElement!.OuterHtml}")
            );
            Assert.DoesNotContain('\u202e', page.Title!);
        }

        Assert.Empty(faults);
    }
}
