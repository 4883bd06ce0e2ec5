using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsBot.Tests.Communities;

/// <summary>Nothing crosses from one community to another by any door, before they were one and after they parted.</summary>
public sealed class CrossingTests(CrossingWorlds worlds) : IClassFixture<CrossingWorlds>
{
    private const string Before = "before joining";
    private const string Meanwhile = "while joined";
    private const string After = "after parting";

    public static TheoryData<string, string> Doors =>
        [.. from door in CrossingDoors.All from time in new[] { Before, Meanwhile, After } select (door.Name, time)];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Nothing_of_the_other_community_is_behind_unless_they_are_one(string door, string time)
    {
        var world = await worlds.OfAsync(time);
        var opened = CrossingDoors.All.Single(one => one.Name == door);

        foreach (var side in new[] { CrossingWorld.Amber, CrossingWorld.Cobalt })
        {
            var text = await opened.OpenAsync(world, side);

            if (!world.IsJoined)
            {
                Assert.All(
                    Foreign(door, side),
                    word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase)
                );
            }
            else if (opened.WhileJoined is { } crosses)
            {
                Assert.Equal(crosses, text.Contains(side.Other.Word, StringComparison.OrdinalIgnoreCase));
            }

            if (opened.ShowsOwn)
            {
                Assert.Contains(side.Word, text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory]
    [InlineData(Before)]
    [InlineData(Meanwhile)]
    [InlineData(After)]
    public async Task Whatever_is_asked_the_log_says_nothing_of_what_either_wrote_or_is_called(string time)
    {
        var world = await worlds.OfAsync(time);

        foreach (var door in CrossingDoors.All)
        {
            await door.OpenAsync(world, CrossingWorld.Amber);
            await door.OpenAsync(world, CrossingWorld.Cobalt);
        }

        world
            .Server.Services.GetRequiredService<ILoggerFactory>()
            .CreateLogger("NewsBot.Tests")
            .Log(LogLevel.Trace, default, "listened to", null, static (words, _) => words);
        Assert.Contains(world.Server.Log.Lines, line => line.Contains("listened to", StringComparison.Ordinal));
        Assert.All(
            world.Server.Log.Lines,
            line =>
            {
                Assert.DoesNotContain(CrossingWorld.Amber.Word, line, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(CrossingWorld.Cobalt.Word, line, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("lantern", line, StringComparison.OrdinalIgnoreCase);
            }
        );
    }

    // Pages are framed by what this server's own community publishes, whoever asks; of the rest nothing may stand in them.
    private static string[] Foreign(string door, CrossingSide side)
    {
        string[] hidden = ["cellar", "vault", "secret", "parlour", "Amber Cyd", "Amber file"];
        return (door.Split(' ')[0], side == CrossingWorld.Cobalt) switch
        {
            ("page", true) => [.. hidden, CrossingWorld.Cobalt.Word],
            ("other", true) => hidden,
            _ => [side.Other.Word],
        };
    }

    [Fact]
    public async Task Every_row_belongs_to_the_community_of_what_it_names()
    {
        var world = await worlds.OfAsync(After);

        Assert.Equal(
            0,
            world.Server.Count(
                "SELECT COUNT(*) FROM story s JOIN story_entry e ON e.story_id = s.id JOIN source o ON o.id = e.source_id WHERE o.community_id <> s.community_id"
            )
        );
        Assert.Equal(
            0,
            world.Server.Count(
                "SELECT COUNT(*) FROM comment x JOIN story s ON s.id = x.story_id JOIN channel c ON c.id = x.channel_id WHERE s.community_id <> c.community_id"
            )
        );
        Assert.Equal(
            0,
            world.Server.Count(
                "SELECT COUNT(*) FROM comment x JOIN story s ON s.id = x.story_id JOIN member m ON m.id = x.member_id WHERE s.community_id <> m.community_id"
            )
        );
        Assert.Equal(
            0,
            world.Server.Count(
                "SELECT COUNT(*) FROM subscription u JOIN source s ON s.id = u.source_id JOIN channel c ON c.id = u.channel_id WHERE s.community_id <> c.community_id"
            )
        );
    }
}

/// <summary>The three worlds, each made once.</summary>
public sealed class CrossingWorlds : IAsyncDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly Dictionary<string, CrossingWorld> _made = new(StringComparer.Ordinal);

    internal async Task<CrossingWorld> OfAsync(string time)
    {
        await _making.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_made.TryGetValue(time, out var world))
            {
                _made[time] = world = await (
                    time.Split(' ')[0] switch
                    {
                        "before" => CrossingWorld.ApartAsync(),
                        "while" => CrossingWorld.JoinedAsync(),
                        _ => CrossingWorld.PartedAsync(),
                    }
                );
            }

            return world;
        }
        finally
        {
            _making.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _made.Values)
        {
            await world.DisposeAsync();
        }

        _making.Dispose();
    }
}
