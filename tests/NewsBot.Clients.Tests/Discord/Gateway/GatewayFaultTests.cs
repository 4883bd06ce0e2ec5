namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class GatewayFaultTests
{
    [Fact]
    public void Whatever_breaks_every_event_of_a_session_is_stored_once_and_in_order()
    {
        var resumes = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var world = new FaultyWorld(seed);

            world.Run(steps: 300, mayCrash: false);

            Assert.Equal(1, world.Sessions);
            Assert.Equal(world.Sent, world.Handled);
            resumes += world.Resumes;
        }

        Assert.InRange(resumes, 100, int.MaxValue);
    }

    [Fact]
    public void After_crashes_too_no_event_is_lost_though_some_come_twice()
    {
        var crashes = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var world = new FaultyWorld(seed);

            world.Run(steps: 300, mayCrash: true);

            Assert.Equal(1, world.Sessions);
            Assert.Equal(world.Sent, world.Handled.Distinct().Order());
            crashes += world.Crashes;
        }

        Assert.InRange(crashes, 100, int.MaxValue);
    }
}
