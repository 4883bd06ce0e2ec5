using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Delivery;

/// <summary>Something on its way to the app.</summary>
internal abstract record Parcel
{
    private Parcel() { }

    /// <summary>The type of the event or interaction, for faults.</summary>
    public abstract string Type { get; }

    /// <summary>The payload.</summary>
    public abstract JsonObject Payload { get; }

    /// <param name="What">The event.</param>
    /// <param name="Attempt">0 for the first.</param>
    /// <param name="Reason">Why the attempt before failed.</param>
    public sealed record Event(FakeEvent What, int Attempt = 0, string? Reason = null) : Parcel
    {
        public override string Type => What.Type;

        public override JsonObject Payload => What.Payload;
    }

    /// <param name="Exchange">Who waits for the answer.</param>
    /// <param name="Asked">A command or interaction.</param>
    public sealed record Question(StoredExchange Exchange, JsonObject Asked) : Parcel
    {
        public override string Type => Exchange.Type;

        public override JsonObject Payload => Asked;
    }
}
