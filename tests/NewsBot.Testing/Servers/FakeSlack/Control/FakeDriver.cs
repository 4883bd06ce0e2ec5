using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Delivery;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Control;

/// <summary>Does what admins, owners and Slack itself do to workspaces. Takes effect before it returns.</summary>
public sealed class FakeDriver
{
    private readonly FakeSlackState _state;
    private readonly FakeDelivery _delivery;

    internal FakeDriver(FakeSlackState state, FakeDelivery delivery)
    {
        _state = state;
        _delivery = delivery;
    }

    /// <summary>A new channel with every human of the workspace in it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isPrivate">Whether it is private.</param>
    /// <param name="withBot">Whether the bot is in it; private channels it cannot join by itself.</param>
    /// <param name="team">Null is the workspace of the stock.</param>
    /// <returns>Its id.</returns>
    public string AddChannel(string name, bool isPrivate = false, bool withBot = false, string? team = null) =>
        _state.Change(() =>
        {
            var owner = Team(team);
            var humans = _state.World.Users.Values.Where(user => !user.IsBot && user.TeamId == owner.Id).ToList();
            var channel = _state.AddChannel(owner.Id, name, isPrivate, humans[0].Id);
            channel.Members = [.. humans.Select(user => user.Id)];
            if (withBot)
            {
                _state.Join(channel, owner.BotUserId, humans[0].Id);
            }

            return channel.Id;
        });

    /// <summary>A new channel that was archived already.</summary>
    public string AddArchivedChannel(string name) =>
        _state.Change(() =>
        {
            var channel = _state.Channel(AddChannel(name));
            channel.IsArchived = true;
            return channel.Id;
        });

    /// <summary>A new channel that two workspaces share.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="with">The other workspace; its humans come in too.</param>
    /// <param name="withBot">Whether the bot of the first is in it.</param>
    public string AddSharedChannel(string name, string with, bool withBot = true) =>
        _state.Change(() =>
        {
            var channel = _state.Channel(AddChannel(name, withBot: withBot));
            _state.Share(channel, with, shared: true);
            channel.Members.AddRange(
                _state.World.Users.Values.Where(user => !user.IsBot && user.TeamId == with).Select(user => user.Id)
            );
            return channel.Id;
        });

    /// <summary>A new workspace with one owner and a channel "news", without the app.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="owner">The user name of its owner.</param>
    /// <param name="install">Whether the app is installed at once, with all scopes.</param>
    /// <returns>Its id.</returns>
    public string AddWorkspace(string name, string owner, bool install = false) =>
        _state.Change(() =>
        {
            var domain = string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
            var team = Stock.AddTeam(_state.World, _state.Options.Seed, name, domain);
            var user = Human(owner, team.Id, _state);
            user.IsOwner = user.IsAdmin = true;
            AddChannel("news", team: team.Id);
            if (install)
            {
                _state.Install(team, Stock.Scopes);
            }

            return team.Id;
        });

    /// <summary>A new human, in all public channels of the workspace.</summary>
    /// <returns>Their user id.</returns>
    public string AddHuman(string name, string? team = null) =>
        _state.Change(() =>
        {
            var user = Human(name, Team(team).Id, _state);
            foreach (
                var channel in _state.World.Channels.Values.Where(one =>
                    !one.IsPrivate && one.DirectWith is null && one.Teams.Contains(user.TeamId)
                )
            )
            {
                channel.Members.Add(user.Id);
            }

            return user.Id;
        });

    /// <summary>Gives a human another name to be shown with; null takes it away.</summary>
    public void SetDisplayName(string human, string? name) =>
        _state.Change(() => Named(human).DisplayName = name ?? "");

    /// <summary>Whether a human is an admin of their workspace.</summary>
    public void SetAdmin(string human, bool admin = true) => _state.Change(() => Named(human).IsAdmin = admin);

    /// <summary>Deactivates a human.</summary>
    public void Deactivate(string human) => _state.Change(() => Named(human).Deleted = true);

    /// <summary>Lets the bot, or a human by name, into a channel.</summary>
    public void Invite(string channel, string? human = null) =>
        _state.Change(() =>
        {
            var found = _state.Channel(channel);
            _state.Join(found, human is null ? Bot(found) : Named(human).Id, found.CreatorId);
        });

    /// <summary>Takes the bot, or a human by name, out of a channel.</summary>
    public void Kick(string channel, string? human = null) =>
        _state.Change(() =>
        {
            var found = _state.Channel(channel);
            _state.Leave(found, human is null ? Bot(found) : Named(human).Id);
        });

    /// <summary>Renames a channel.</summary>
    public void Rename(string channel, string name) =>
        _state.Change(() => _state.Rename(_state.Channel(channel), name, _state.Channel(channel).CreatorId));

    /// <summary>Archives a channel, or takes that back; bots have to join again then.</summary>
    public void SetArchived(string channel, bool archived = true) =>
        _state.Change(() => _state.SetArchived(_state.Channel(channel), archived, _state.Channel(channel).CreatorId));

    /// <summary>Makes a public channel private, or the other way round.</summary>
    public void Convert(string channel, bool isPrivate) =>
        _state.Change(() => _state.SetPrivate(_state.Channel(channel), isPrivate, _state.Channel(channel).CreatorId));

    /// <summary>Shares a channel with another workspace, or ends that.</summary>
    public void Share(string channel, string team, bool shared = true) =>
        _state.Change(() => _state.Share(_state.Channel(channel), team, shared));

    /// <summary>Gives a channel another id, as when a private one begins to be shared.</summary>
    /// <returns>The new id.</returns>
    public string ChangeId(string channel) => _state.Change(() => _state.Renumber(_state.Channel(channel)));

    /// <summary>Deletes a channel.</summary>
    public void DeleteChannel(string channel) => _state.Change(() => _state.DeleteChannel(_state.Channel(channel)));

    /// <summary>Refuses all messages of the app in a channel with a code such as restricted_action; null takes them again.</summary>
    public void RefusePosts(string channel, string? code) =>
        _state.Change(() => _state.Channel(channel).PostingError = code);

    /// <summary>Deletes one message, whoever wrote it.</summary>
    public void DeleteMessage(string channel, string ts) => _state.Change(() => _state.Delete(Message(channel, ts)));

    /// <summary>Locks a thread: nobody can answer there.</summary>
    public void LockThread(string channel, string ts, bool locked = true) =>
        _state.Change(() => Message(channel, ts).Locked = locked);

    /// <summary>Shows a preview of a link below a message: a change of it that nobody made.</summary>
    public void Unfurl(string channel, string ts, string url, string title) =>
        _state.Change(() =>
            _state.Unfurl(
                Message(channel, ts),
                new JsonObject
                {
                    ["id"] = 1,
                    ["from_url"] = url,
                    ["original_url"] = url,
                    ["title"] = title,
                    ["title_link"] = url,
                    ["fallback"] = title,
                    ["service_name"] = "news.example",
                }
            )
        );

    /// <summary>Removes the app from a workspace: its tokens end, app_uninstalled and tokens_revoked are sent.</summary>
    public void RemoveApp(string? team = null) => _state.Change(() => _state.Uninstall(Team(team)));

    /// <summary>Installs the app again, or grants it more scopes.</summary>
    /// <returns>The new bot token.</returns>
    public string InstallApp(string? team = null, params IEnumerable<string> scopes) =>
        _state.Change(() =>
        {
            var wanted = scopes.ToList();
            return _state.Install(Team(team), wanted.Count > 0 ? wanted : Stock.Scopes);
        });

    /// <summary>Ends the bot tokens of a workspace.</summary>
    public void RevokeToken(string? team = null) => _state.Change(() => _state.RevokeTokens(Team(team)));

    /// <summary>Takes a scope from a workspace's install, as if it had never been granted; or gives it back.</summary>
    public void SetScope(string scope, bool granted, string? team = null) =>
        _state.Change(() =>
        {
            var found = Team(team);
            found.Scopes = [.. found.Scopes.Where(one => one != scope)];
            if (granted)
            {
                found.Scopes.Add(scope);
            }

            foreach (var token in _state.World.Tokens.Values.Where(one => one.Kind == "bot" && one.TeamId == found.Id))
            {
                token.Scopes = found.Scopes;
            }
        });

    /// <summary>Lets something happen to all open sockets, such as <see cref="FakeFaultKind.Refresh"/>.</summary>
    public void ToSockets(FakeFaultKind kind) => _state.Change(() => _delivery.Sockets.Do(kind, all: true));

    /// <summary>Whether Socket Mode is switched on in the settings of the app.</summary>
    public void SetSocketMode(bool enabled) =>
        _state.Change(() =>
        {
            if (!enabled)
            {
                _delivery.Sockets.Do(FakeFaultKind.LinkDisabled);
            }

            _delivery.Sockets.Enabled = enabled;
        });

    /// <summary>Sockets that are open now.</summary>
    public int OpenSockets => _delivery.Sockets.Open;

    /// <summary>Sockets opened so far.</summary>
    public int OpenedSockets => _delivery.Sockets.Opened;

    /// <summary>Waits until so many sockets are open.</summary>
    public Task SocketsAsync(int count, CancellationToken cancellationToken) =>
        _state.WaitAsync(() => _delivery.Sockets.Open >= count, cancellationToken);

    private static StoredUser Human(string name, string team, FakeSlackState state) =>
        Stock.AddHuman(state.World, state.Options.Seed, team, name, name, name, "en-US");

    private StoredTeam Team(string? id) => _state.Team(id ?? _state.World.TeamId);

    private StoredUser Named(string human) =>
        _state.HumanNamed(human) ?? throw new ArgumentException($"Nobody is called {human}.", nameof(human));

    private string Bot(StoredChannel channel) => Team(channel.TeamId).BotUserId;

    private StoredMessage Message(string channel, string ts) =>
        _state.FindMessage(channel, ts) ?? throw new ArgumentException($"There is no message {ts}.", nameof(ts));
}
