using Microsoft.AspNetCore.Antiforgery;
using NewsBot.Chat;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>
/// The commands of admins and moderators as pages with forms. They run what the chats run, with the same previews and the
/// same question before anything changes; every one works without a script.
/// </summary>
internal sealed class SettingsPages(
    PageFrame frame,
    SettingsDoors doors,
    SettingsFields fields,
    SettingsRun run,
    IAntiforgery antiforgery
)
{
    /// <summary>The largest form: a list of feeds in a file, and the few words around it.</summary>
    public const long MaxFormBytes = CommandRunner.MaxFileBytes + 64 * 1024;

    // What a file holds is shown as text up to here; the button beside it hands out all of it.
    private const int MaxShownFile = 20_000;

    /// <summary>All verbs the asker may use.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var (door, refusal) = await DoorAsync(context);
        return door is null
            ? refusal!
            : await PageAsync(
                context,
                door,
                "Settings",
                () =>
                    new Web_Pages_Settings
                    {
                        Model = new SettingsView(
                            door.Asker.Name,
                            SettingsCatalogue.For(door.Asker.Role),
                            door.Query,
                            [
                                .. door
                                    .Communities.Where(one => one.Id != door.Asker.Community)
                                    .Select(one =>
                                        KeyValuePair.Create(Paths.Settings + SettingsDoor.QueryOf(one.Id), one.Name)
                                    ),
                            ]
                        ),
                    }
            );
    }

    /// <summary>The form of one verb.</summary>
    public async Task<IResult> FormAsync(HttpContext context, string verb)
    {
        var (door, refusal) = await DoorAsync(context, SettingsCatalogue.Find(verb)?.Role);
        if (door is null)
        {
            return refusal!;
        }

        if (SettingsCatalogue.Find(verb) is not { } spec)
        {
            return await NoVerbAsync(context);
        }

        var query = context.Request.Query;
        var present = await run.PresentAsync(spec, door.Asker, name => query[name].ToString(), context.RequestAborted);
        return await FormAsync(context, spec, door, name => query[name].FirstOrDefault() ?? present(name), null);
    }

    /// <summary>Runs a form that was sent.</summary>
    public async Task<IResult> RunAsync(HttpContext context, string verb)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await ExpiredAsync(context);
        }

        var (door, refusal) = await DoorAsync(context, SettingsCatalogue.Find(verb)?.Role);
        if (door is null)
        {
            return refusal!;
        }

        if (SettingsCatalogue.Find(verb) is not { } spec)
        {
            return await NoVerbAsync(context);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var reply = await run.RunAsync(spec, door.Asker, form, context.RequestAborted);
        return form.ContainsKey("download") && reply.File is { } file
            ? Results.File(file.Bytes.ToArray(), file.ContentType, file.Name)
            : await FormAsync(context, spec, door, name => form[name].ToString(), reply);
    }

    /// <summary>Makes the change that was shown, or forgets it.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, string verb, bool isConfirmed)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await ExpiredAsync(context);
        }

        var (door, refusal) = await DoorAsync(context, SettingsCatalogue.Find(verb)?.Role);
        if (door is null)
        {
            return refusal!;
        }

        if (SettingsCatalogue.Find(verb) is not { } spec)
        {
            return await NoVerbAsync(context);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var code = form["code"].ToString();
        var reply = isConfirmed
            ? await run.ConfirmAsync(door.Asker, code, context.RequestAborted)
            : await run.CancelAsync(door.Asker, code, context.RequestAborted);
        // What was made needs no form filled in any more; what was not is tried again.
        return await FormAsync(context, spec, door, name => isConfirmed ? "" : form[name].ToString(), reply);
    }

    private async Task<IResult> FormAsync(
        HttpContext context,
        CommandSpec spec,
        SettingsDoor door,
        Func<string, string> value,
        CommandReply? reply
    )
    {
        if (door.Asker.Role < spec.Role)
        {
            return await RefusedAsync(context, MarkdownPlain.Render(CommandHelp.Refusal(spec)));
        }

        var tokens = antiforgery.GetAndStoreTokens(context);
        var view = new SettingsFormView(
            spec,
            await fields.OfAsync(spec, door.Asker, value, reply?.LoginFor is not null, context.RequestAborted),
            spec.Note is null ? "" : MarkdownHtml.Render(spec.Note),
            tokens.FormFieldName,
            tokens.RequestToken ?? ""
        )
        {
            Query = door.Query,
            Answer = reply is null ? null : Answer(reply, door.Query),
        };
        return await PageAsync(
            context,
            door,
            view.Title,
            () => new Web_Pages_SettingsForm { Model = view },
            reply?.Ending is CommandEnding.Refused or CommandEnding.WrongUsage
                ? StatusCodes.Status422UnprocessableEntity
                : StatusCodes.Status200OK
        );
    }

    private static SettingsAnswer Answer(CommandReply reply, string query) =>
        new(
            MarkdownHtml.Render(
                // The button stands below; nobody has to type the code.
                WithFile(reply)
                    .Replace(
                        $"`/news confirm {reply.ConfirmCode}` does it",
                        "**Confirm** does it",
                        StringComparison.Ordinal
                    )
            ),
            reply.Ending,
            reply.ConfirmCode,
            [
                .. reply
                    .Suggestions.Select(line => KeyValuePair.Create(SettingsCatalogue.PathOf(line, query) ?? "", line))
                    .Where(next => next.Key.Length > 0),
            ],
            reply.File is not null
        );

    private static string WithFile(CommandReply reply)
    {
        if (reply.File is not { } file)
        {
            return reply.Markdown;
        }

        var text = System.Text.Encoding.UTF8.GetString(file.Bytes.Span);
        return text.Length <= MaxShownFile
            ? $"{reply.Markdown}\n\n````\n{text.Replace("````", "''''", StringComparison.Ordinal)}\n````"
            : reply.Markdown;
    }

    /// <returns>Who asks, or the page that says why they may not.</returns>
    private async Task<(SettingsDoor? Door, IResult? Refusal)> DoorAsync(HttpContext context, Role? least = null)
    {
        var isLook = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        // Whoever moderates at all is told more precisely by the form what it takes to use it.
        var role = least is Role.Member ? Role.Member : Role.Moderator;
        var maxAge = isLook ? SettingsDoors.ForLooking : SettingsDoors.ForChanging;
        if (await doors.FindAsync(context, maxAge, role) is { } door)
        {
            return (door, null);
        }

        var name = (await frame.SignedInAsync(context))?.Name ?? (await frame.MemberAsync(context))?.Name;
        return (
            null,
            await RefusedAsync(
                context,
                name is null
                    ? "Nobody is signed in here. Sign in as an admin or moderator of this newsroom, and come back."
                    : $"You are signed in as {name}, who is neither admin nor moderator of this newsroom as far as your chat says now. An admin can change that with “/news role”."
            )
        );
    }

    private Task<IResult> RefusedAsync(HttpContext context, string detail) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status403Forbidden,
            "These are for admins and moderators",
            detail,
            frame.CanSignIn ? KeyValuePair.Create(SignIn.SignInPages.PathFrom(Paths.Settings), "Sign in")
                : frame.HasChat ? KeyValuePair.Create("/chat", "To the chat")
                : null
        );

    private Task<IResult> NoVerbAsync(HttpContext context) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            "There is no such setting",
            "The address may be mistyped, or the setting has another name by now.",
            KeyValuePair.Create(Paths.Settings, "All settings")
        );

    private Task<IResult> ExpiredAsync(HttpContext context) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status400BadRequest,
            "This form is too old",
            "The server was restarted, or the page stood open for long. Nothing was changed; open the form again.",
            KeyValuePair.Create(Paths.Settings, "All settings")
        );

    private Task<IResult> PageAsync(
        HttpContext context,
        SettingsDoor door,
        string title,
        Func<RazorSlices.RazorSlice> body,
        int status = StatusCodes.Status200OK
    ) =>
        frame.PageAsync(
            context,
            title,
            body,
            layout =>
                layout with
                {
                    Section = SiteSection.Settings,
                    HasSettings = door.Asker.Role >= Role.Moderator,
                    IsWide = true,
                    IsUnlisted = true,
                },
            status
        );
}
