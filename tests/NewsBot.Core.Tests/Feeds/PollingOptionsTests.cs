using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

public sealed class PollingOptionsTests
{
    private readonly PollingOptionsValidator _validator = new();

    [Fact]
    public void The_defaults_are_valid() => Assert.True(_validator.Validate(null, new PollingOptions()).Succeeded);

    [Fact]
    public void A_minimum_above_the_maximum_is_refused_by_name()
    {
        var result = _validator.Validate(null, new PollingOptions { MinInterval = TimeSpan.FromHours(7) });

        Assert.Contains("Polling:MinInterval (07:00:00) is longer than Polling:MaxInterval", result.FailureMessage);
    }

    [Fact]
    public void A_start_outside_the_bounds_is_refused_by_name()
    {
        var result = _validator.Validate(null, new PollingOptions { StartInterval = TimeSpan.FromMinutes(1) });

        Assert.Contains(
            "Polling:StartInterval is 00:01:00; set it to a value from Polling:MinInterval (00:05:00)",
            result.FailureMessage
        );
    }

    [Fact]
    public void A_batch_of_nothing_is_refused_by_name()
    {
        var result = _validator.Validate(null, new PollingOptions { BatchSize = 0 });

        Assert.Contains("Polling:BatchSize is 0; set it to a value from 1 to 500.", result.FailureMessage);
    }
}
