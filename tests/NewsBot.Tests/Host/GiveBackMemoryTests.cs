using NewsBot.Scheduling;

namespace NewsBot.Tests.Host;

public sealed class GiveBackMemoryTests
{
    private const long Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(1, 200, true)]
    [InlineData(100, 200, false)]
    [InlineData(1, 20, false)]
    public void Memory_is_given_back_in_the_quiet_after_a_burst(long lately, long inAll, bool due) =>
        Assert.Equal(due, GiveBackMemory.IsDue(lately * Megabyte, inAll * Megabyte));
}
