using Microsoft.AspNetCore.Antiforgery;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web.Pages;
using NewsBot.Web.Views;

namespace NewsBot.Web.SignIn;

/// <summary>What somebody who signed in sees of themselves: their accounts, and the browsers they are signed in on.</summary>
internal sealed class MyPages(
    PageFrame frame,
    WebSessionStore store,
    Standings standings,
    RunCommand commands,
    IAntiforgery antiforgery
)
{
    public const string Path = "/me";

    public async Task<IResult> ShowAsync(HttpContext context) =>
        await frame.SignedInAsync(context) is { } who
            ? await PageAsync(context, who, null)
            : Results.Redirect(SignInPages.PathFrom(Path));

    /// <summary>Does one of the few things the page has buttons for, as the command of the chats does it.</summary>
    public async Task<IResult> RunAsync(HttpContext context)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        if (await frame.SignedInAsync(context) is not { } who)
        {
            return PageFrame.SeeOther(context, SignInPages.PathFrom(Path));
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var account = who.Accounts.FirstOrDefault(one =>
            form["community"] == one.Member.Community.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        if (account is null)
        {
            return PageFrame.SeeOther(context, Path);
        }

        if (
            await standings.RefreshAsync(who.Platform, account, Standings.ForWriting, context.RequestAborted)
            is not Standing.Present
        )
        {
            return PageFrame.SeeOther(context, Path);
        }

        var (verb, code) = (form["do"].ToString(), form["code"].ToString());
        var reply = verb switch
        {
            "unlink" => await CommandAsync(account.Member, "me unlink", [], context),
            "link" => await CommandAsync(account.Member, "me link", [], context),
            "enter" when code.Length > 0 => await CommandAsync(
                account.Member,
                "me link",
                [KeyValuePair.Create("code", code)],
                context
            ),
            _ => null,
        };
        // Who they are may have changed by it.
        return await PageAsync(
            context,
            await store.FindAsync(WebSessions.SecretOf(context)!, context.RequestAborted) ?? who,
            reply
        );
    }

    public async Task<IResult> EndSessionAsync(HttpContext context, long session)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        if (await frame.SignedInAsync(context) is { } who)
        {
            await store.EndAsync(who, session, context.RequestAborted);
        }

        return PageFrame.SeeOther(context, Path);
    }

    private Task<CommandReply> CommandAsync(
        Member asker,
        string verb,
        IReadOnlyList<KeyValuePair<string, string>> values,
        HttpContext context
    ) =>
        commands.RunAsync(
            new CommandRequest(asker, null, verb, Confirmed: false)
            {
                Typed = new TypedCommand(Catalogue.Find(verb.Split(' '))!, values.ToDictionary(StringComparer.Ordinal)),
            },
            context.RequestAborted
        );

    private async Task<IResult> PageAsync(HttpContext context, SignedIn who, CommandReply? reply)
    {
        List<MyCommunityView> communities = [];
        foreach (var member in who.Accounts.Select(account => account.Member).DistinctBy(member => member.Community))
        {
            var profile = await CommandAsync(member, "me", [], context);
            var (name, _) = await frame.Reader.SiteAsync(member.Community.Value, context.RequestAborted);
            communities.Add(
                new MyCommunityView(
                    member.Community.Value,
                    name,
                    member.Id.Value,
                    MarkdownHtml.Render(profile.Markdown)
                )
            );
        }

        var tokens = antiforgery.GetAndStoreTokens(context);
        var view = new MeView
        {
            Name = who.Name,
            Communities = communities,
            Sessions = await store.ListAsync(who, context.RequestAborted),
            Answer = reply is null ? null : MarkdownHtml.Render(reply.Markdown),
            Now = frame.Now,
            TokenField = tokens.FormFieldName,
            Token = tokens.RequestToken ?? "",
        };
        return await frame.PageAsync(
            context,
            who.Name,
            () => new Web_Pages_Me { Model = view },
            layout => layout with { IsWide = true, IsUnlisted = true }
        );
    }
}
