using System.Globalization;
using System.Text;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Slack;

/// <summary>Takes windows that were sent. What stands in them is checked like any line, and again on the server.</summary>
internal sealed class SlackSubmissions(
    SlackRunner runner,
    SlackForms forms,
    SlackAnswerForm answer,
    SlackChannelChoice choice,
    AnswerLinks links
)
{
    private const int MostOffer = 20;

    // A refusal that is longer than this is shown whole rather than below a field.
    private const int ShortRefusal = 300;

    private static readonly SlackSubmitted Gone = new SlackSubmitted.Next(
        SlackViews.Result("This form is not known any more. Use the command again.")
    );

    /// <summary>Does what a window stands for.</summary>
    public Task<SlackSubmitted> RunAsync(SlackAsk ask, View view, CancellationToken cancellationToken)
    {
        var fields = new SlackFormFields(view);
        var state = SlackFormState.Read(view);
        return (SlackActions.Windows.Contains(view.CallbackId, StringComparer.Ordinal) ? view.CallbackId : null) switch
        {
            SlackViews.ConfirmCallback => ConfirmAsync(ask, state, cancellationToken),
            SlackFormKinds.Source => SourceAsync(ask, fields, cancellationToken),
            SlackFormKinds.Digest => DigestAsync(ask, fields, cancellationToken),
            SlackFormKinds.Import => ImportAsync(ask, fields, cancellationToken),
            SlackFormKinds.Login => LoginAsync(ask, state, fields, cancellationToken),
            "text" => TextAsync(ask, state, fields, cancellationToken),
            "answer" => answer.SubmitAsync(ask, state, fields, cancellationToken),
            { } callback when callback.StartsWith("pick:", StringComparison.Ordinal) => PickAsync(
                ask,
                callback["pick:".Length..],
                fields,
                cancellationToken
            ),
            _ => Task.FromResult(Gone),
        };
    }

    private async Task<SlackSubmitted> ConfirmAsync(
        SlackAsk ask,
        SlackFormState state,
        CancellationToken cancellationToken
    ) =>
        state.Code is { } code
            ? await EndAsync(await runner.ConfirmAsync(ask, code, cancellationToken), "", cancellationToken)
            : Gone;

    private async Task<SlackSubmitted> SourceAsync(
        SlackAsk ask,
        SlackFormFields fields,
        CancellationToken cancellationToken
    )
    {
        if (AddressText.Parse(fields.Find(SlackFormFields.Url) ?? "") is not { } url)
        {
            return Wrong(SlackFormFields.Url, "This is no web address. Give one such as https://example.org.");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = url.AbsoluteUri };
        if (fields.Find(SlackFormFields.Offer) is { } offer)
        {
            if (
                !int.TryParse(offer, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count > MostOffer
            )
            {
                return Wrong(SlackFormFields.Offer, "Give a number from 0 to 20.");
            }

            values["offer"] = offer;
        }

        if (fields.Find(SlackFormFields.Name) is { } name)
        {
            values["name"] = name;
        }

        return await ForChannelAsync(ask, "add", fields, values, SlackFormFields.Url, null, cancellationToken);
    }

    private Task<SlackSubmitted> DigestAsync(SlackAsk ask, SlackFormFields fields, CancellationToken cancellationToken)
    {
        var days = fields.All(SlackFormFields.Days);
        var schedule =
            $"{(days.Count == 0 ? "daily" : string.Join(", ", days))} {fields.Find(SlackFormFields.Times)} {fields.Find(SlackFormFields.Zone)}";
        return DigestSchedule.TryParse(schedule, TimeZoneInfo.Utc, out _, out var problem)
            ? ForChannelAsync(
                ask,
                "digest set",
                fields,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["schedule"] = schedule },
                SlackFormFields.Times,
                null,
                cancellationToken
            )
            : Task.FromResult(Wrong(SlackFormFields.Times, Core.Text.MarkdownEscape.Line(problem)));
    }

    private async Task<SlackSubmitted> ImportAsync(
        SlackAsk ask,
        SlackFormFields fields,
        CancellationToken cancellationToken
    )
    {
        var text = string.Concat(
            Enumerable.Range(1, SlackFormViews.Parts).Select(part => fields.Raw(SlackFormFields.Part(part)))
        );
        return await ForChannelAsync(
            ask,
            "import",
            fields,
            new Dictionary<string, string>(StringComparer.Ordinal),
            SlackFormFields.Part(1),
            Encoding.UTF8.GetBytes(text),
            cancellationToken
        );
    }

    private async Task<SlackSubmitted> LoginAsync(
        SlackAsk ask,
        SlackFormState state,
        SlackFormFields fields,
        CancellationToken cancellationToken
    )
    {
        if (SlackLoginForm.Read(state, fields) is not var (command, login))
        {
            return Gone;
        }

        var reply = await runner.RunAsync(ask, command, login, file: null, cancellationToken);
        return reply.LoginFor is null
            ? await EndAsync(reply, SlackFormFields.Secret, cancellationToken)
            : Wrong(SlackFormFields.Secret, "The server did not take this login.");
    }

    private async Task<SlackSubmitted> PickAsync(
        SlackAsk ask,
        string kind,
        SlackFormFields fields,
        CancellationToken cancellationToken
    )
    {
        if (SlackFormKinds.Verb(kind) is not { } verb)
        {
            return Gone;
        }

        var found = await runner.KeepAskerAsync(ask, cancellationToken);
        if (found.Value is not { } asker || asker.Member.Role < Role.Admin)
        {
            return Wrong("", found.Value is null ? found.Problem : CommandHelp.Refusal(verb));
        }

        var source = fields.Find(SlackFormFields.Source) ?? "";
        if (SourceForm.Of(kind) is not { } form)
        {
            var state = new SlackFormState(Source: source);
            return new SlackSubmitted.Next(await forms.LoginAsync(asker, state, cancellationToken));
        }

        var chosen = await choice.KeepAsync(asker, fields.Find(SlackFormFields.Channel), cancellationToken);
        return chosen.Value is { } channel
            ? new SlackSubmitted.Next(await forms.TextAsync(asker, form, source, channel, cancellationToken))
            : Wrong(SlackFormFields.Channel, chosen.Problem);
    }

    private async Task<SlackSubmitted> TextAsync(
        SlackAsk ask,
        SlackFormState state,
        SlackFormFields fields,
        CancellationToken cancellationToken
    ) =>
        state is { Source: { } source, Channel: { } channel, Field: { } field } && SourceForm.Of(field) is { } form
            ? await EndAsync(
                await form.RunAsync(
                    fields.Raw(SlackFormFields.Text),
                    source,
                    channel,
                    (command, token) => runner.RunAsync(ask, command, token),
                    cancellationToken
                ),
                SlackFormFields.Text,
                cancellationToken
            )
            : Gone;

    private async Task<SlackSubmitted> ForChannelAsync(
        SlackAsk ask,
        string verb,
        SlackFormFields fields,
        Dictionary<string, string> values,
        string blamed,
        ReadOnlyMemory<byte>? file,
        CancellationToken cancellationToken
    )
    {
        var spec = Catalogue.Find(verb.Split(' '))!;
        var found = await runner.KeepAskerAsync(ask, cancellationToken);
        if (found.Value is not { } asker || asker.Member.Role < spec.Role)
        {
            return Wrong("", found.Value is null ? found.Problem : CommandHelp.Refusal(spec));
        }

        var chosen = await choice.KeepAsync(asker, fields.Find(SlackFormFields.Channel), cancellationToken);
        if (chosen.Value is not { } channel)
        {
            return Wrong(SlackFormFields.Channel, chosen.Problem);
        }

        values["channel"] = channel.Id.ToString();
        var command = new TypedCommand(spec, values);
        return await EndAsync(
            await runner.RunAsync(ask, command, login: null, file, cancellationToken),
            blamed,
            cancellationToken
        );
    }

    private async Task<SlackSubmitted> EndAsync(CommandReply reply, string blamed, CancellationToken cancellationToken)
    {
        if (reply.LoginFor is { } place)
        {
            return new SlackSubmitted.Next(
                SlackFormViews.Login($"Login of {place.Url.Host}", SlackLoginForm.StateFor(place))
            );
        }

        var markdown = await links.ResolveAsync(
            reply.ConfirmCode is { } code ? SlackAnswer.Asking(reply, code) : reply.Markdown,
            cancellationToken
        );
        return reply switch
        {
            { ConfirmCode: { } waiting } => new SlackSubmitted.Next(
                SlackViews.Confirm(markdown, new SlackFormState(Code: waiting))
            ),
            { Ending: CommandEnding.Refused or CommandEnding.WrongUsage } when markdown.Length <= ShortRefusal => Wrong(
                blamed,
                markdown
            ),
            _ => new SlackSubmitted.Next(SlackViews.Result(markdown)),
        };
    }

    private static SlackSubmitted Wrong(string field, string markdown) => new SlackSubmitted.Wrong(field, markdown);
}
