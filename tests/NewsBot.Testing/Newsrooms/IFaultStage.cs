namespace NewsBot.Testing.Newsrooms;

/// <summary>Where a <see cref="FaultScript"/> is played: a newsroom beside a platform that goes wrong.</summary>
public interface IFaultStage
{
    RunningNewsroom Newsroom { get; }

    /// <summary>Makes a channel that nothing else is in.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="random">Chooses its kind, where there are several.</param>
    /// <returns>Its id in the newsroom.</returns>
    Task<long> OpenAsync(string name, Random random);

    /// <summary>From now on things go wrong.</summary>
    /// <returns>What will, in words.</returns>
    string Break(int seed, Random random);

    /// <summary>From now on nothing goes wrong any more.</summary>
    Task MendAsync();

    /// <summary>Posts a story to a channel.</summary>
    /// <returns>Its id.</returns>
    Task<long> StoryAsync(string headline, long channel);

    /// <summary>Answers a story, or a reply to it, as soon as its card stands there.</summary>
    Task<ScriptReply> SayAsync(
        long story,
        string author,
        string text,
        ScriptReply? parent,
        CancellationToken cancellationToken
    );

    /// <summary>Makes a reply say what its text is now.</summary>
    Task EditAsync(ScriptReply reply, CancellationToken cancellationToken);

    Task DeleteAsync(ScriptReply reply, CancellationToken cancellationToken);

    /// <summary>Ends the platform and starts it again with what it had stored.</summary>
    Task RestartPlatformAsync();

    /// <summary>When the newsroom is killed.</summary>
    Moment WhenToKill(Random random) => KillMoments.Any(random);

    /// <summary>Somebody does to the platforms what no script can foresee, such as deleting what is the bot's.</summary>
    /// <param name="story">One of the stories.</param>
    /// <param name="replies">What was written there.</param>
    /// <param name="random">Chooses who does what.</param>
    /// <returns>What was done; empty for nothing.</returns>
    Task<string> MeddleAsync(long story, IReadOnlyList<ScriptReply> replies, Random random) => Task.FromResult("");

    /// <summary>How often a story's card stands on the platform.</summary>
    int CountCards(long story);

    /// <summary>Whether anybody could tell what a reply belongs to, whatever was missed.</summary>
    Task<bool> CanBeToldAsync(ScriptReply reply);

    /// <summary>What of a story's discussion is not, or not yet, as it should be on platforms beside its page; empty for nothing.</summary>
    Task<string> ProblemAsync(long story, IReadOnlyList<ScriptReply> replies) => Task.FromResult("");

    /// <summary>What the newsroom has written down of a channel, for the message of a failure.</summary>
    Task<string> DescribeAsync(long channel);
}
