using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat.Slack;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Simulation;

namespace NewsBot.Tests.Simulation;

/// <summary>Simulated newsrooms come through all that happens to them; one that breaks a rule is found out.</summary>
[Collection(nameof(Undisturbed))]
public sealed class SimulatedNewsroomTests
{
    private const int Seeds = 100;

    // Many enough that some of them give a broken rule its chance.
    private const int FewSeeds = 12;

    [Fact]
    public void A_hundred_newsrooms_lose_nothing_and_double_nothing()
    {
        var failed = Enumerable
            .Range(1, Seeds)
            .Select(seed => SimulatedNewsroom.Run(seed))
            .Where(result => result.Problem.Length > 0)
            .Select(result => $"{result.Problem}\n{result.Replay}");

        Assert.Empty(failed);
    }

    [Fact]
    public void The_same_seed_gives_the_same_course_of_events()
    {
        var first = SimulatedNewsroom.Run(4711, keepsTrace: true);
        var again = SimulatedNewsroom.Run(4711, keepsTrace: true);

        Assert.Equal(first.Lines, again.Lines);
        Assert.Equal(first.Fingerprint, again.Fingerprint);
    }

    [Fact]
    public void A_newsroom_that_takes_no_notice_of_some_entries_is_found_out()
    {
        var found = Break(services =>
            services.AddSingleton<IStoryStore>(provider => new ForgetfulStories(
                ActivatorUtilities.CreateInstance<StoryStore>(provider)
            ))
        );

        Assert.Contains(found, problem => problem.Contains("Lost", StringComparison.Ordinal));
    }

    [Fact]
    public void A_newsroom_that_posts_something_twice_is_found_out()
    {
        var found = Break(services =>
        {
            var slack = services.Single(service => service.ImplementationType == typeof(SlackPublisher));
            services.Remove(slack);
            services.AddSingleton<IPublisher>(provider => new StutteringPublisher(
                ActivatorUtilities.CreateInstance<SlackPublisher>(provider)
            ));
        });

        Assert.Contains(found, problem => problem.Contains("Doubled", StringComparison.Ordinal));
    }

    private static List<string> Break(Action<IServiceCollection> sabotage) =>
        [.. Enumerable.Range(1, FewSeeds).Select(seed => SimulatedNewsroom.Run(seed, sabotage: sabotage).Problem)];

    /// <summary>Keeps that every third document was read, but nothing of what it said.</summary>
    private sealed class ForgetfulStories(IStoryStore stories) : IStoryStore
    {
        private int _intakes;

        public Task<IReadOnlyList<KnownEntry?>> FindKnownAsync(
            Core.Feeds.FeedId feed,
            IReadOnlyList<EntryFacts> entries,
            CancellationToken cancellationToken
        ) => stories.FindKnownAsync(feed, entries, cancellationToken);

        public Task<IntakeResult> TakeInAsync(FeedIntake intake, CancellationToken cancellationToken) =>
            stories.TakeInAsync(++_intakes % 3 == 0 ? intake with { Entries = [] } : intake, cancellationToken);
    }

    /// <summary>Sends every fifth post twice.</summary>
    private sealed class StutteringPublisher(IPublisher publisher) : IPublisher
    {
        private int _posts;

        public Platform Platform => publisher.Platform;

        public async Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken)
        {
            if (++_posts % 5 == 0)
            {
                await publisher.PublishAsync(post, cancellationToken);
            }

            return await publisher.PublishAsync(post, cancellationToken);
        }
    }
}
