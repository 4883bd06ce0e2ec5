using System.Globalization;

namespace NewsBot.Testing.Newsrooms;

/// <summary>
/// A short piece played by a fake platform's humans while calls and events go wrong, all of it made from one seed: stories
/// are posted, people answer, edit and delete, either side is started anew, and most newsrooms are killed once in the middle
/// of it. Afterwards every story has to be posted once and every reply to stand on its page once.
/// </summary>
/// <param name="stage">Where it is played. Scripts leave each other alone: each has a channel and stories of its own.</param>
/// <param name="seed">Any number; the same gives the same script.</param>
public sealed class FaultScript(IFaultStage stage, int seed)
{
    // The newsroom lives as long as these take, or is back when they are over.
    private const int StepsWhileApart = 4;

    private static readonly string[] Names = ["Inês", "Tomasz", "saga_w", "Kofi", "Marguerite", "ליאור"];

    private readonly Random _random = new(seed);

    // What happens to the newsroom and the platforms. People go on as they would without it.
    private readonly Random _fate = new(~seed);
    private readonly Dictionary<long, List<ScriptReply>> _stories = [];
    private readonly List<string> _steps = [];
    private bool _isApart;

    /// <summary>Times the newsroom was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>What was done, for the message of a failure.</summary>
    public IReadOnlyList<string> Steps => _steps;

    /// <summary>Stories posted.</summary>
    public int Stories => _stories.Count;

    /// <summary>Replies written.</summary>
    public int Replies => _stories.Values.Sum(replies => replies.Count);

    /// <summary>
    /// Replies whose story nobody can tell: what they answered was deleted while nobody listened, and the platform then says
    /// no more than that it is gone. They may be missing; all others may not.
    /// </summary>
    public int Untold { get; private set; }

    /// <summary>Plays it and checks the end.</summary>
    /// <exception cref="InvalidOperationException">Something is lost or doubled; the message says what, and which seed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var channel = await stage.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"script-{seed}"), _random);
        Did(stage.Break(seed, _random));
        var steps = 6 + _random.Next(12);
        var killAt = _fate.Next(4) == 0 ? steps : 1 + _fate.Next(steps - 1);
        var end = Task.CompletedTask;
        for (var step = 0; step < steps; step++)
        {
            if (step == killAt)
            {
                await GoApartAsync();
                end = KillAsync();
            }
            else if (step == killAt + StepsWhileApart)
            {
                await end;
            }

            await MeddleAsync();
            await StepAsync(channel, step, cancellationToken);
        }

        await end;
        await stage.MendAsync();
        await CheckAsync(channel);
    }

    private async Task GoApartAsync()
    {
        _isApart = true;
        var isReady = _fate.Next(4) > 0;
        Did(isReady ? "the newsroom goes on apart" : "the newsroom begins to go on apart");
        await stage.Newsroom.GoApartAsync(isReady);
    }

    private async Task KillAsync()
    {
        var moment = stage.WhenToKill(_fate);
        Did($"it will be killed {moment.Words}");
        await moment.ComesAsync();
        await stage.Newsroom.KillAsync();
        Did("it was killed, and is back");
        Kills++;
        _isApart = false;
    }

    private async Task MeddleAsync()
    {
        if (_fate.Next(6) == 0 && _stories.Count > 0)
        {
            var (story, replies) = _stories.ElementAt(_fate.Next(_stories.Count));
            if (await stage.MeddleAsync(story, replies, _fate) is { Length: > 0 } done)
            {
                Did(done);
            }
        }
    }

    private async Task StepAsync(long channel, int step, CancellationToken cancellationToken)
    {
        switch (step == 0 ? 0 : _random.Next(20))
        {
            case 0:
            case 1:
                var headline = string.Create(CultureInfo.InvariantCulture, $"Script {seed} story {_stories.Count + 1}");
                _stories[await stage.StoryAsync(headline, channel)] = [];
                Did(headline);
                break;
            case 2:
                await EditAsync(cancellationToken);
                break;
            case 3:
                await DeleteAsync(cancellationToken);
                break;
            case 4 when _random.Next(4) == 0 && !_isApart:
                Did("the newsroom is started anew");
                await stage.Newsroom.RestartAsync();
                break;
            case 5 when _random.Next(4) == 0 && !_isApart:
                Did("the platform is started anew");
                await stage.RestartPlatformAsync();
                break;
            default:
                await ReplyAsync(cancellationToken);
                break;
        }
    }

    private async Task ReplyAsync(CancellationToken cancellationToken)
    {
        var (story, replies) = _stories.ElementAt(_random.Next(_stories.Count));
        var answered = replies.Where(reply => !reply.IsDeleted).ToList();
        var parent = answered.Count > 0 && _random.Next(2) == 0 ? answered[_random.Next(answered.Count)] : null;
        var name = Names[_random.Next(Names.Length)];
        var text = string.Create(CultureInfo.InvariantCulture, $"seed {seed} story {story} reply {replies.Count + 1}");
        replies.Add(await stage.SayAsync(story, name, text, parent, cancellationToken));
        Did($"{name}: {text}");
    }

    private async Task EditAsync(CancellationToken cancellationToken)
    {
        if (Pick() is { } reply)
        {
            reply.Text += ", edited";
            await stage.EditAsync(reply, cancellationToken);
            Did($"{reply.Author} edits: {reply.Text}");
        }
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (Pick() is { } reply)
        {
            reply.IsDeleted = true;
            await stage.DeleteAsync(reply, cancellationToken);
            Did($"{reply.Author} deletes: {reply.Text}");
        }
    }

    private ScriptReply? Pick()
    {
        var all = _stories.Values.SelectMany(replies => replies).Where(reply => !reply.IsDeleted).ToList();
        return all.Count == 0 ? null : all[_random.Next(all.Count)];
    }

    private async Task CheckAsync(long channel)
    {
        foreach (var (story, replies) in _stories)
        {
            var problem = "";
            try
            {
                await RunningNewsroom.UntilAsync(async () =>
                {
                    problem = await ProblemAsync(story, replies);
                    return problem.Length == 0 ? "right" : null;
                });
            }
            catch (TimeoutException error)
            {
                throw new InvalidOperationException(
                    $"Seed {seed}, story {story}: {problem}\n  {await stage.DescribeAsync(channel)}",
                    error
                );
            }
        }
    }

    /// <returns>What is not yet, or not, as it should be; empty for nothing.</returns>
    private async Task<string> ProblemAsync(long story, List<ScriptReply> replies)
    {
        var cards = stage.CountCards(story);
        if (cards != 1)
        {
            return $"its card stands {cards} times.";
        }

        var page = await stage.Newsroom.GetAsync($"/api/v1/stories/{story}/comments?limit=200");
        var comments = page.GetProperty("comments").EnumerateArray().ToList();
        var numbers = comments.Select(comment => comment.GetProperty("number").GetInt32()).Order().ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count)))
        {
            return $"its numbers are {string.Join(", ", numbers)}.";
        }

        var shown = comments
            .Where(comment => comment.GetProperty("state").GetString() != "deleted")
            .Select(comment => comment.GetProperty("text").GetString()!)
            .ToList();
        var written = replies.Where(reply => !reply.IsDeleted).ToList();
        var missing = written.Where(reply => !shown.Contains(reply.Text)).ToList();
        List<ScriptReply> lost = [];
        foreach (var reply in missing)
        {
            if (await stage.CanBeToldAsync(reply))
            {
                lost.Add(reply);
            }
        }

        // A reply that was deleted before anybody saw it leaves no number.
        var isRight =
            lost.Count == 0 && shown.Count == written.Count - missing.Count && comments.Count <= replies.Count;
        var elsewhere = isRight ? await stage.ProblemAsync(story, replies) : "";
        if (isRight && elsewhere.Length == 0)
        {
            Untold += missing.Count;
        }

        return isRight
            ? elsewhere
            : $"its page has {comments.Count} numbers for {replies.Count} replies, and shows\n  {string.Join("\n  ", shown)}\nand people wrote\n  {string.Join("\n  ", written.Select(reply => reply.Text))}";
    }

    private void Did(string step) => _steps.Add(step);
}
