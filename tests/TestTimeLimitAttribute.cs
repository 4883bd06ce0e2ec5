using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: NewsBot.TestTimeLimit]

namespace NewsBot;

/// <summary>Fails a test that waits for what never comes, by cancelling its token, so that the others still run.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestTimeLimitAttribute : BeforeAfterTestAttribute
{
    // The slowest takes half a minute alone; on a busy machine several times that.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<IXunitTest, ITimer> _limits = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var current = TestContext.Current;
        _limits[test] = TimeProvider.System.CreateTimer(
            _ => current.CancelCurrentTest(),
            null,
            Limit,
            Timeout.InfiniteTimeSpan
        );
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_limits.TryRemove(test, out var limit))
        {
            limit.Dispose();
        }
    }
}
