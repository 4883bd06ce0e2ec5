using Microsoft.Extensions.Options;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Cli;

/// <summary>Looks at everything a newsroom needs and says in words what to fix.</summary>
internal static class Doctor
{
    /// <returns>0 where nothing must be fixed, else 1.</returns>
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var findings = await Output.WhileAsync("Looking …", say => LookAsync(settings, say, cancellationToken));
        foreach (var finding in findings)
        {
            Output.Line($"{finding.Mark} {finding.What}");
            if (finding.Remedy is { } remedy)
            {
                Output.Line($"    {remedy}");
            }
        }

        var wrong = findings.Count(finding => finding.MustBeFixed);
        Output.Line(
            wrong == 0
                ? "Nothing has to be fixed."
                : $"{Core.Commands.LengthOfTime.Count(wrong, "thing")} must be fixed."
        );
        return wrong == 0 ? CommandLineDoor.Done : CommandLineDoor.Failed;
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(
        string[] settings,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var app = NewsBotHost.Build(settings);
            var findings = new List<Finding>(Settings(app.Services));
            if (findings.Exists(finding => finding.MustBeFixed))
            {
                return findings;
            }

            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var database = app.Services.GetRequiredService<Database>();
            findings.AddRange(DoctorMachine.Folder(database.Folder));
            say("Reading the whole database …");
            var problems = await DoctorDatabase.CheckAsync(database, cancellationToken);
            findings.AddRange(await DoctorDatabase.FindingsAsync(database, problems, cancellationToken));
            findings.Add(await DoctorMachine.ClockAsync(app.Services, problems is [], now, cancellationToken));
            findings.Add(DoctorMachine.Listener(app.Services.GetRequiredService<IOptions<WebOptions>>().Value));
            findings.AddRange(await DoctorNewsroom.PeopleAsync(app.Services, problems is [], cancellationToken));
            say("Asking Discord …");
            findings.AddRange(await DoctorDiscord.LookAsync(app.Services, problems is [], cancellationToken));
            say("Asking Slack …");
            findings.AddRange(await DoctorSlack.LookAsync(app.Services, problems is [], cancellationToken));
            findings.Add(await DoctorNewsroom.HubsAsync(app.Services, problems is [], cancellationToken));
            say("Asking a few sources …");
            findings.AddRange(await DoctorNewsroom.NetworkAsync(app.Services, problems is [], cancellationToken));
            return findings;
        }
        catch (Exception error) when (OneShot.Explain(error) is { } sentence)
        {
            return [Finding.Wrong("The check could not go on", sentence)];
        }
    }

    private static IEnumerable<Finding> Settings(IServiceProvider services)
    {
        var failures = new List<string>();
        foreach (var check in services.GetServices<IStartupValidator>())
        {
            try
            {
                check.Validate();
            }
            catch (OptionsValidationException error)
            {
                failures.AddRange(error.Failures);
            }
            catch (AggregateException error)
                when (error.InnerExceptions.All(inner => inner is OptionsValidationException))
            {
                failures.AddRange(
                    error.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)
                );
            }
            catch (InvalidOperationException error)
            {
                // A key that no section knows.
                failures.Add(error.Message);
            }
        }

        return failures.Count == 0
            ? [Finding.Well("Settings: all can be used")]
            : failures.Select(failure => Finding.Wrong("Settings", failure));
    }
}
