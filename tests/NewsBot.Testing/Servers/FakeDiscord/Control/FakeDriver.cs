using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Control;

/// <summary>Does what moderators, owners and Discord itself do to a guild. Takes effect before it returns.</summary>
public sealed class FakeDriver
{
    private readonly FakeDiscordState _state;

    internal FakeDriver(FakeDiscordState state) => _state = state;

    /// <summary>Deletes messages at once, as a moderator's tool does.</summary>
    public void BulkDelete(ulong channel, params IReadOnlyList<ulong> messages) =>
        _state.Change(() => _state.DeleteMany(_state.FindChannel(channel), messages));

    /// <summary>Deletes one message, whoever wrote it.</summary>
    public void DeleteMessage(ulong channel, ulong message) =>
        _state.Change(() => _state.Delete(_state.FindChannel(channel), _state.FindMessage(channel, message)));

    /// <summary>Deletes a channel with its threads, or a thread.</summary>
    public void DeleteChannel(ulong channel) => _state.Change(() => _state.DeleteChannel(_state.FindChannel(channel)));

    /// <summary>Archives or locks a thread, or takes that back; null leaves it.</summary>
    public void SetThread(ulong thread, bool? archived = null, bool? locked = null) =>
        _state.Change(() =>
        {
            var found = _state.FindChannel(thread);
            if (locked is { } wanted && wanted != found.Locked)
            {
                found.Locked = wanted;
                _state.ChannelChanged(found);
            }

            if (archived is { } rest)
            {
                _state.SetArchived(found, rest);
            }
        });

    /// <summary>Removes the bot from a guild; null is the guild of the stock.</summary>
    public void RemoveBot(ulong? guild = null) => _state.Change(() => _state.RemoveBot(Guild(guild)));

    /// <summary>Invites the bot again.</summary>
    public void InviteBot(ulong? guild = null) => _state.Change(() => _state.AddBot(Guild(guild)));

    /// <summary>Begins or ends an outage of a guild.</summary>
    public void SetOutage(bool outage, ulong? guild = null) =>
        _state.Change(() => _state.SetOutage(Guild(guild), outage));

    /// <summary>Sets what somebody may do otherwise in a channel.</summary>
    /// <param name="channel">The channel; for threads their parent.</param>
    /// <param name="allow">Bits allowed.</param>
    /// <param name="deny">Bits denied; 0 and 0 ends the exception.</param>
    /// <param name="target">A user or role; null is the bot.</param>
    public void SetPermissions(ulong channel, ulong allow, ulong deny, ulong? target = null) =>
        _state.Change(() =>
        {
            var found = _state.FindChannel(channel);
            var id = target ?? _state.BotUserId;
            var isRole = _state.World.Guilds[found.GuildId].Roles.Exists(role => role.Id == id);
            _state.SetOverwrite(found, new StoredOverwrite(id, isRole ? 0 : 1, allow, deny));
        });

    /// <summary>Sets what the bot may do in the whole guild, as the boxes of its role do.</summary>
    public void SetBotPermissions(ulong permissions, ulong? guild = null) =>
        _state.Change(() =>
        {
            var found = Guild(guild);
            var role = found.Roles.Find(one => one.Managed)!;
            role.Permissions = permissions;
            _state.RoleChanged(found, role);
        });

    /// <summary>Bans a human, or takes that back; they have to join again by themselves.</summary>
    public void Ban(string human, bool banned = true) =>
        _state.Change(() =>
        {
            if (banned)
            {
                _state.Ban(Guild(null), Human(human).Id);
            }
            else
            {
                _state.Unban(Guild(null), Human(human).Id);
                _state.Join(Guild(null), Human(human).Id);
            }
        });

    /// <summary>Takes a human out of the guild, or lets them come in.</summary>
    public void SetMember(string human, bool member) =>
        _state.Change(() =>
        {
            if (member)
            {
                _state.Join(Guild(null), Human(human).Id);
            }
            else
            {
                _state.Leave(Guild(null), Human(human).Id);
            }
        });

    /// <summary>Silences a human for a while; zero ends it.</summary>
    public void TimeOut(string human, TimeSpan length) =>
        _state.Change(() =>
            _state.ChangeMember(
                Guild(null),
                Human(human).Id,
                member => member.TimedOutUntil = length > TimeSpan.Zero ? _state.Now + length : null
            )
        );

    /// <summary>Gives a human another name in the guild; null takes it away.</summary>
    public void SetNick(string human, string? nick) =>
        _state.Change(() => _state.ChangeMember(Guild(null), Human(human).Id, member => member.Nick = nick));

    /// <summary>Whether a human takes direct messages of the bot.</summary>
    public void SetRefusesDirectMessages(string human, bool refuses) =>
        _state.Change(() => Human(human).RefusesDirectMessages = refuses);

    /// <summary>A new human in the guild.</summary>
    /// <returns>Their user id.</returns>
    public ulong AddHuman(string name) =>
        _state.Change(() =>
        {
            var id = _state.NextId();
            _state.World.Users[id] = new StoredUser
            {
                Id = id,
                Name = name,
                GlobalName = name,
                Token = $"human.{id}.{Convert.ToHexStringLower(_state.Hash($"human {id}"))[..32]}",
            };
            _state.Join(Guild(null), id);
            return id;
        });

    /// <summary>Renames a channel or thread.</summary>
    public void Rename(ulong channel, string name) =>
        _state.Change(() =>
        {
            var found = _state.FindChannel(channel);
            found.Name = name;
            _state.ChannelChanged(found);
        });

    /// <summary>A new channel.</summary>
    /// <param name="type">0 text, 5 announcement, 15 forum, 16 media.</param>
    /// <param name="name">Its name.</param>
    /// <param name="guild">Null is the guild of the stock.</param>
    /// <param name="requireTag">For forums: whether a post needs a tag.</param>
    /// <returns>Its id.</returns>
    public ulong AddChannel(int type, string name, ulong? guild = null, bool requireTag = false) =>
        _state.Change(() =>
        {
            var channel = _state.AddChannel(Guild(guild).Id, type, name);
            if (channel.IsForum)
            {
                channel.Tags = [new StoredTag(_state.NextId(), "News", false)];
                channel.Flags = requireTag ? 1 << 4 : 0;
                _state.ChannelChanged(channel);
            }

            return channel.Id;
        });

    /// <summary>Whether a forum refuses posts without a tag.</summary>
    public void SetRequireTag(ulong forum, bool required) =>
        _state.Change(() =>
        {
            var found = _state.FindChannel(forum);
            found.Flags = required ? found.Flags | (1 << 4) : found.Flags & ~(1 << 4);
            _state.ChannelChanged(found);
        });

    /// <summary>A new guild with the bot in it.</summary>
    /// <returns>Its id.</returns>
    public ulong AddGuild(string name, int channels = 3, int threads = 0) =>
        _state.Change(() => Stock.Another(_state, name, channels, threads).Id);

    /// <summary>Deletes a webhook.</summary>
    public void DeleteWebhook(ulong webhook) =>
        _state.Change(() =>
        {
            if (_state.World.Webhooks.Remove(webhook, out var gone))
            {
                _state.WebhooksChanged(_state.FindChannel(gone.ChannelId));
            }
        });

    /// <summary>Switches MESSAGE_CONTENT on or off in the application's settings.</summary>
    public void SetMessageContent(bool enabled) => _state.Change(() => _state.MessageContentEnabled = enabled);

    /// <summary>Tells of a message again with nothing edited, as when a link's preview was found.</summary>
    public void Retell(ulong channel, ulong message) =>
        _state.Change(() => _state.Refresh(_state.FindChannel(channel), _state.FindMessage(channel, message)));

    /// <summary>Takes all reactions off a message.</summary>
    public void ClearReactions(ulong channel, ulong message) =>
        _state.Change(() =>
            _state.ClearReactions(_state.FindChannel(channel), _state.FindMessage(channel, message), null, null)
        );

    private StoredGuild Guild(ulong? id) => _state.FindGuild(id ?? _state.World.GuildId);

    private StoredUser Human(string name) =>
        _state.HumanNamed(name) ?? throw new ArgumentException($"Nobody here is called {name}.", nameof(name));
}
