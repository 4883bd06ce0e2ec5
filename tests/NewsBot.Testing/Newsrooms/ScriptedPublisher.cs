using System.Globalization;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Testing.Newsrooms;

/// <summary>A platform that does as the script says: for each channel one step a post, and once they are used up it takes everything.</summary>
/// <param name="inner">Where posts really go; null for a platform that only remembers what it shows.</param>
/// <param name="platform">Which platform it is.</param>
public sealed class ScriptedPublisher(IPublisher? inner = null, Platform platform = Platform.Web) : IPublisher
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ChannelId, Queue<Func<OutgoingPost, Task<PublishOutcome>>>> _script = [];
    private readonly Dictionary<(ChannelId Channel, string Key), (int Id, PostBody? Body)> _shown = [];
    private readonly List<OutgoingPost> _tried = [];

    public Platform Platform => platform;

    /// <summary>Every post that was tried, in order.</summary>
    public IReadOnlyList<OutgoingPost> Tried
    {
        get
        {
            lock (_lock)
            {
                return [.. _tried];
            }
        }
    }

    /// <summary>The next post to a channel has no effect and gets this answer.</summary>
    public void Answer(ChannelId channel, PublishOutcome outcome) => Add(channel, _ => Task.FromResult(outcome));

    /// <summary>The next post to a channel has no effect and breaks.</summary>
    public void Break(ChannelId channel) => Add(channel, _ => throw new InvalidOperationException("The line broke."));

    /// <summary>The next post to a channel takes effect, but the answer is lost.</summary>
    public void LoseAnswer(ChannelId channel) =>
        Add(
            channel,
            async post =>
            {
                await TakeAsync(post, CancellationToken.None);
                throw new IOException("The answer was lost.");
            }
        );

    /// <summary>The next post to a channel takes effect, and then the process is no more: nobody records anything.</summary>
    public void Die(ChannelId channel) =>
        Add(
            channel,
            async post =>
            {
                await TakeAsync(post, CancellationToken.None);
                throw new OperationCanceledException("The process was killed.");
            }
        );

    /// <summary>What a channel shows, in the order of first appearance; deleted messages are left out.</summary>
    public IReadOnlyList<PostBody> Shown(ChannelId channel)
    {
        lock (_lock)
        {
            return
            [
                .. _shown
                    .Where(message => message.Key.Channel == channel && message.Value.Body is not null)
                    .OrderBy(message => message.Value.Id)
                    .Select(message => message.Value.Body!),
            ];
        }
    }

    public async Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        Func<OutgoingPost, Task<PublishOutcome>>? step = null;
        lock (_lock)
        {
            _tried.Add(post);
            if (_script.TryGetValue(post.Channel, out var steps))
            {
                steps.TryDequeue(out step);
            }
        }

        return step is null ? await TakeAsync(post, cancellationToken) : await step(post);
    }

    private void Add(ChannelId channel, Func<OutgoingPost, Task<PublishOutcome>> step)
    {
        lock (_lock)
        {
            if (!_script.TryGetValue(channel, out var steps))
            {
                _script[channel] = steps = [];
            }

            steps.Enqueue(step);
        }
    }

    private async Task<PublishOutcome> TakeAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        if (inner is not null)
        {
            return await inner.PublishAsync(post, cancellationToken);
        }

        lock (_lock)
        {
            var key = (post.Channel, post.Key);
            var known = _shown.TryGetValue(key, out var message);
            var id = known ? message.Id : _shown.Count + 1;
            _shown[key] = post.Operation switch
            {
                PostOperation.Create => known ? message : (id, post.Body),
                PostOperation.Edit => (id, post.Body),
                _ => (id, null),
            };
            return new PublishOutcome.Sent(id.ToString(CultureInfo.InvariantCulture));
        }
    }
}
