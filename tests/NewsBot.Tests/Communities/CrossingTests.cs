namespace NewsBot.Tests.Communities;

/// <summary>Nothing crosses from one community to another by any door, before they were one and after they parted.</summary>
public sealed class CrossingTests(CrossingWorlds worlds) : IClassFixture<CrossingWorlds>
{
    public static TheoryData<string, bool> Doors
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (var door in CrossingDoors.All)
            {
                rows.Add(door.Name, false);
                rows.Add(door.Name, true);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Nothing_of_the_other_community_is_behind(string door, bool afterParting)
    {
        var world = await worlds.OfAsync(afterParting);
        var opened = CrossingDoors.All.Single(one => one.Name == door);

        foreach (var side in new[] { CrossingWorld.Amber, CrossingWorld.Cobalt })
        {
            var text = await opened.OpenAsync(world, side);

            Assert.All(
                Foreign(door, side),
                word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase)
            );
            if (opened.ShowsOwn)
            {
                Assert.Contains(side.Word, text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    // Pages are framed by what this server's own community publishes, whoever asks; of the rest nothing may stand in them.
    private static string[] Foreign(string door, CrossingSide side)
    {
        string[] hidden = ["cellar", "vault", "secret", "Amber Cyd", "Amber file"];
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
        var world = await worlds.OfAsync(afterParting: true);

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

/// <summary>The two worlds, each made once.</summary>
public sealed class CrossingWorlds : IAsyncDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private CrossingWorld? _apart;
    private CrossingWorld? _parted;

    internal async Task<CrossingWorld> OfAsync(bool afterParting)
    {
        await _making.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return afterParting
                ? _parted ??= await CrossingWorld.PartedAsync()
                : _apart ??= await CrossingWorld.ApartAsync();
        }
        finally
        {
            _making.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_apart is not null)
        {
            await _apart.DisposeAsync();
        }

        if (_parted is not null)
        {
            await _parted.DisposeAsync();
        }

        _making.Dispose();
    }
}
