namespace NewsBot.Clients.Slack.Objects;

/// <summary>
/// A modal, as sent and as received; at most 250 KB, three on top of each other.
/// Source: https://docs.slack.dev/reference/views/modal-views
/// </summary>
/// <param name="Type">"modal".</param>
public sealed record View(string Type = "modal")
{
    public string Type { get; init; } = Type ?? "modal";

    /// <summary>Only received.</summary>
    public string? Id { get; init; }

    /// <summary>Plain, at most 24 characters.</summary>
    public TextObject? Title { get; init; }

    /// <summary>Plain, at most 24 characters; required where there are inputs.</summary>
    public TextObject? Submit { get; init; }

    /// <summary>Plain, at most 24 characters.</summary>
    public TextObject? Close { get; init; }

    /// <summary>At most 100.</summary>
    public IReadOnlyList<Block>? Blocks { get; init; }

    /// <summary>At most 255 characters.</summary>
    public string? CallbackId { get; init; }

    /// <summary>Comes back as it was sent; at most 3,000 characters.</summary>
    public string? PrivateMetadata { get; init; }

    /// <summary>True tells when it is closed without being sent.</summary>
    public bool? NotifyOnClose { get; init; }
    public bool? ClearOnClose { get; init; }
    public string? ExternalId { get; init; }

    /// <summary>Only received: names this state of it, for an update that must not overwrite a later one.</summary>
    public string? Hash { get; init; }

    /// <summary>Only received.</summary>
    public string? RootViewId { get; init; }

    /// <summary>Only received.</summary>
    public string? PreviousViewId { get; init; }

    /// <summary>Only received.</summary>
    public string? TeamId { get; init; }

    /// <summary>Only received: what was typed and chosen.</summary>
    public ViewState? State { get; init; }

    /// <summary>What Slack takes: without what only it may set.</summary>
    internal View ToSend() =>
        this with
        {
            Id = null,
            Hash = null,
            RootViewId = null,
            PreviousViewId = null,
            TeamId = null,
            State = null,
        };
}

/// <param name="Values">By block_id, then action_id.</param>
public sealed record ViewState(IReadOnlyDictionary<string, IReadOnlyDictionary<string, ViewValue>>? Values = null)
{
    /// <summary>What an input holds; null where there is none of that name.</summary>
    public ViewValue? Find(string blockId, string actionId) =>
        Values is not null && Values.TryGetValue(blockId, out var actions) ? actions.GetValueOrDefault(actionId) : null;
}

/// <summary>What one input holds; every kind uses some of these fields.</summary>
public sealed record ViewValue(
    string? Type = null,
    string? Value = null,
    OptionObject? SelectedOption = null,
    IReadOnlyList<OptionObject>? SelectedOptions = null,
    string? SelectedConversation = null,
    IReadOnlyList<string>? SelectedConversations = null,
    string? SelectedChannel = null,
    string? SelectedUser = null,
    string? SelectedDate = null,
    string? SelectedTime = null
);

/// <summary>Answer to a sent view: what the window does next. Source: https://docs.slack.dev/surfaces/modals#handling_submissions</summary>
/// <param name="ResponseAction">errors, update, push or clear.</param>
/// <param name="Errors">By block_id of an input: what is wrong with it.</param>
/// <param name="View">For update and push.</param>
public sealed record ViewResponse(
    string ResponseAction,
    IReadOnlyDictionary<string, string>? Errors = null,
    View? View = null
)
{
    public static ViewResponse WithErrors(IReadOnlyDictionary<string, string> errors) => new("errors", Errors: errors);

    public static ViewResponse Update(View view) => new("update", View: view.ToSend());

    public static ViewResponse Push(View view) => new("push", View: view.ToSend());

    public static ViewResponse Clear() => new("clear");
}

/// <summary>Answer to a block_suggestion; at most 100 in all. Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select</summary>
public sealed record OptionsResponse(
    IReadOnlyList<OptionObject>? Options = null,
    IReadOnlyList<OptionGroup>? OptionGroups = null
);
