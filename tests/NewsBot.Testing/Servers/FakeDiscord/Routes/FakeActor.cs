namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Who asks.</summary>
/// <param name="Kind">How they signed in.</param>
/// <param name="UserId">0 for nobody.</param>
internal sealed record FakeActor(ActorKind Kind, ulong UserId)
{
    public static FakeActor Nobody { get; } = new(ActorKind.Nobody, 0);

    public bool IsBot => Kind == ActorKind.Bot;

    public bool IsHuman => Kind == ActorKind.Human;

    /// <summary>Whose an Authorization header is.</summary>
    public static FakeActor SignedIn(FakeDiscordState state, string header)
    {
        if (header == "Bot " + state.BotToken)
        {
            return new FakeActor(ActorKind.Bot, state.BotUserId);
        }

        if (header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            lock (state.Sync)
            {
                return
                    state.World.Grants.TryGetValue(header[7..], out var grant)
                    && grant.IsToken
                    && grant.EndsAt > state.Now
                    ? new FakeActor(ActorKind.Bearer, grant.UserId)
                    : Nobody;
            }
        }

        lock (state.Sync)
        {
            var human =
                header.Length == 0
                    ? null
                    : state.World.Users.Values.FirstOrDefault(user => !user.Bot && user.Token == header);
            return human is null ? Nobody : new FakeActor(ActorKind.Human, human.Id);
        }
    }
}

/// <summary>How somebody signed in.</summary>
internal enum ActorKind
{
    Nobody,
    Bot,
    Human,
    Bearer,
}
