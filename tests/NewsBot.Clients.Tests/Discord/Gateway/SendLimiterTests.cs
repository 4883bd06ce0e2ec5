using NewsBot.Clients.Discord.Gateway;

namespace NewsBot.Clients.Tests.Discord.Gateway;

public sealed class SendLimiterTests
{
    [Fact]
    public void Ordinary_sends_leave_some_of_the_limit_to_heartbeats()
    {
        var limiter = new SendLimiter();

        var ordinary = Enumerable.Range(0, 200).Count(_ => limiter.TryTake(A.Now, isUrgent: false));
        var urgent = Enumerable.Range(0, 200).Count(_ => limiter.TryTake(A.Now, isUrgent: true));

        Assert.Equal((115, 5), (ordinary, urgent));
    }

    [Fact]
    public void No_minute_ever_holds_more_than_the_limit()
    {
        var limiter = new SendLimiter();
        var sent = new List<DateTimeOffset>();

        for (var at = A.Now; at < A.Now + TimeSpan.FromMinutes(5); at += TimeSpan.FromMilliseconds(100))
        {
            if (limiter.TryTake(at, isUrgent: true))
            {
                sent.Add(at);
            }
        }

        Assert.All(
            sent,
            from => Assert.InRange(sent.Count(at => at >= from && at - from <= TimeSpan.FromMinutes(1)), 1, 120)
        );
        Assert.InRange(sent.Count, 500, 600);
    }
}
