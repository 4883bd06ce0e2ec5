using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Simulation;

/// <summary>People on all sides: they answer stories and each other, change their words and take them back.</summary>
internal sealed class SimulatedPeople(World world)
{
    private static readonly string[] Names = ["Inês", "Tomasz", "saga_w", "Kofi", "Marguerite"];

    private static readonly Side[] Sides = [Side.Discord, Side.Slack, Side.Web];

    // What somebody said is the same one after it was changed.
    private readonly Dictionary<SaidReply, SaidAt> _places = new(ReferenceEqualityComparer.Instance);

    // The built-in chat is gone while the newsroom is; whoever wanted something there tries again.
    private readonly Dictionary<SaidReply, Func<SimulatedProcess, CancellationToken, Task<bool>>> _unanswered = new(
        ReferenceEqualityComparer.Instance
    );

    private int _replies;

    private Random Random => world.Random;

    private Account Account => world.Account;

    /// <summary>Whether everybody was served.</summary>
    public bool AreServed => _unanswered.Count == 0;

    /// <summary>Somebody does something.</summary>
    public void Act()
    {
        AskAgain();
        var mine = Account.Replies.Where(reply => !reply.IsDeleted && !_unanswered.ContainsKey(reply)).ToList();
        switch (mine.Count == 0 ? 0 : Random.Next(10))
        {
            case < 6:
                Say();
                break;
            case < 8:
                Edit(mine[Random.Next(mine.Count)]);
                break;
            default:
                Delete(mine[Random.Next(mine.Count)]);
                break;
        }
    }

    /// <summary>Tries again what the built-in chat did not answer.</summary>
    public void AskAgain()
    {
        foreach (var (reply, ask) in _unanswered.ToList())
        {
            Ask(reply, ask);
        }
    }

    private void Say()
    {
        var side = Sides[Random.Next(Sides.Length)];
        var cards = Account
            .Stories.Select(story => (story.Headline, Card: world.Cards.Find(story.Headline, side)))
            .Where(found => found.Card is not null)
            .ToList();
        if (cards.Count == 0)
        {
            return;
        }

        // What came last is talked about most.
        var (headline, card) = Random.Next(2) == 0 ? cards[^1] : cards[Random.Next(cards.Count)];
        var parents = Account.Replies.Where(reply => reply.Headline == headline && !reply.IsDeleted).ToList();
        var parent = parents.Count > 0 && Random.Next(2) == 0 ? parents[Random.Next(parents.Count)] : null;
        var name = Names[Random.Next(Names.Length)];
        var mark = string.Create(CultureInfo.InvariantCulture, $"m{++_replies:0000}x");
        var text = $"{(Random.Next(2) == 0 ? "I read it otherwise," : "Well said:")} {mark}";
        switch (side)
        {
            case Side.Discord:
                SayAtDiscord(card!, headline, name, mark, text, parent);
                break;
            case Side.Slack:
                SayAtSlack(card!, headline, name, mark, text, parent);
                break;
            default:
                SayOnWeb(card!, headline, name, mark, text, parent);
                break;
        }
    }

    private void SayAtDiscord(Card card, string headline, string name, string mark, string text, SaidReply? parent)
    {
        // A reply in the channel itself answers the card only: what else it answers may be gone before anybody knows it.
        var (place, target) = (ulong.Parse(card.Place, CultureInfo.InvariantCulture), Id(card.Message));
        var answered = parent is null ? null : world.Cards.InThread(card, parent.Mark);
        if (answered is { } found)
        {
            (place, target) = (Id(card.Message), found);
        }

        var message = Now(world.Discord.Human(name).SayAsync(place, text, target, CancellationToken.None));
        Said(
            new SaidReply(mark, headline, Side.Discord, world.Channels.Discord)
            {
                Text = text,
                Message = message.ToString(CultureInfo.InvariantCulture),
                Parent = answered is null ? null : parent!.Mark,
            },
            new SaidAt(name, place.ToString(CultureInfo.InvariantCulture))
        );
    }

    // Threads of Slack are flat: who answers a comment names its number.
    private void SayAtSlack(Card card, string headline, string name, string mark, string text, SaidReply? parent)
    {
        var number = parent is null
            ? 0
            : world.Number(
                "SELECT COALESCE(MAX(number), 0) FROM comment WHERE body LIKE @Body AND state = 'visible'",
                new { Body = $"%{parent.Mark}%" }
            );
        var prefix = number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"#{number} ");
        var message = Now(
            world.Slack.Human(name).SayAsync(card.Place, prefix + text, card.Message, CancellationToken.None)
        );
        Said(
            new SaidReply(mark, headline, Side.Slack, world.Channels.Slack)
            {
                Text = text,
                Message = message,
                Parent = number == 0 ? null : parent!.Mark,
            },
            new SaidAt(name, card.Place) { Prefix = prefix }
        );
    }

    private void SayOnWeb(Card card, string headline, string name, string mark, string text, SaidReply? parent)
    {
        var answered = parent is null ? null : world.Cards.OnWeb(parent);
        var reply = new SaidReply(mark, headline, Side.Web, world.Channels.Web)
        {
            Text = text,
            Parent = answered is null ? null : parent!.Mark,
        };
        var target = answered ?? long.Parse(card.Message, CultureInfo.InvariantCulture);
        Said(reply, new SaidAt(name, card.Place));
        Ask(
            reply,
            async (process, token) =>
            {
                var outcome = await process
                    .Services.GetRequiredService<WebListener>()
                    .PostAsync(Web, await AuthorAsync(process, name, token), text, target, mark, token);
                if (outcome is WebWriteOutcome.Done done)
                {
                    reply.Message = done.Message.Id.ToString(CultureInfo.InvariantCulture);
                    return true;
                }

                // What it answers was deleted in the meantime.
                reply.IsDeleted = reply.MayBeUnknown = true;
                return true;
            }
        );
    }

    private void Edit(SaidReply reply)
    {
        var version = reply.Text.Split(" v") is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
        reply.Text = string.Create(CultureInfo.InvariantCulture, $"{reply.Text.Split(" v")[0]} v{version + 1}");
        var (text, place) = (reply.Text, _places[reply]);
        world.Trace.Add($"{place.Name} edits {reply.Side} {text}");
        switch (reply.Side)
        {
            case Side.Discord:
                Now(
                    world
                        .Discord.Human(place.Name)
                        .EditAsync(Id(place.Channel), Id(reply.Message!), text, CancellationToken.None)
                );
                break;
            case Side.Slack:
                Now(
                    world
                        .Slack.Human(place.Name)
                        .EditAsync(place.Channel, reply.Message!, place.Prefix + text, CancellationToken.None)
                );
                break;
            default:
                Ask(
                    reply,
                    async (process, token) =>
                        await process
                            .Services.GetRequiredService<WebListener>()
                            .EditAsync(
                                Web,
                                (long)Id(reply.Message!),
                                await AuthorAsync(process, place.Name, token),
                                text,
                                token
                            )
                            is not null
                );
                break;
        }
    }

    private void Delete(SaidReply reply)
    {
        reply.IsDeleted = true;
        var place = _places[reply];
        world.Trace.Add($"{place.Name} deletes {reply.Side} {reply.Mark}");
        switch (reply.Side)
        {
            case Side.Discord:
                Now(
                    world
                        .Discord.Human(place.Name)
                        .DeleteAsync(Id(place.Channel), Id(reply.Message!), CancellationToken.None)
                );
                break;
            case Side.Slack:
                Now(world.Slack.Human(place.Name).DeleteAsync(place.Channel, reply.Message!, CancellationToken.None));
                break;
            default:
                Ask(
                    reply,
                    async (process, token) =>
                        await process
                            .Services.GetRequiredService<WebListener>()
                            .DeleteAsync(
                                Web,
                                (long)Id(reply.Message!),
                                await AuthorAsync(process, place.Name, token),
                                token
                            )
                            is not null
                );
                break;
        }
    }

    private ChannelId Web => new(world.Channels.Web);

    private void Said(SaidReply reply, SaidAt place)
    {
        Account.Replies.Add(reply);
        _places[reply] = place;
        world.Trace.Add($"{place.Name} says {reply.Side} {reply.Text} to {reply.Parent ?? "the story"}");
    }

    private void Ask(SaidReply reply, Func<SimulatedProcess, CancellationToken, Task<bool>> ask)
    {
        _unanswered[reply] = ask;
        if (world.Process is { IsDead: false } process)
        {
            process.Start(
                $"web {reply.Mark}",
                async token =>
                {
                    // Somebody waits for the answer.
                    StorageHealth.FailAtOnce();
                    if (await ask(process, token) && !process.IsDead)
                    {
                        _unanswered.Remove(reply);
                    }
                }
            );
        }
    }

    private static async Task<Member> AuthorAsync(SimulatedProcess process, string name, CancellationToken token) =>
        MemberName.TryParse(name, out var parsed, out _)
            ? await process.Services.GetRequiredService<MemberStore>().FindOrAddAsync(parsed!, token)
            : throw new InvalidOperationException($"{name} is no name.");

    private static ulong Id(string key) => ulong.Parse(key, CultureInfo.InvariantCulture);

    // Platforms answer people at once: nothing is between them here.
    private static T Now<T>(Task<T> asked) =>
        asked.IsCompleted
            ? asked.GetAwaiter().GetResult()
            : throw new InvalidOperationException("A platform keeps somebody waiting.");

    private static void Now(Task asked)
    {
        if (!asked.IsCompleted)
        {
            throw new InvalidOperationException("A platform keeps somebody waiting.");
        }

        asked.GetAwaiter().GetResult();
    }
}
