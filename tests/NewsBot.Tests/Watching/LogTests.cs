using System.Text.Json;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Watching;

/// <summary>The log can be read by programs.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task With_the_usual_setting_each_line_is_an_object_with_the_ids_of_what_it_is_about()
    {
        var folder = Directory.CreateTempSubdirectory("newsbot-log-");
        await using (
            var newsroom = new NewsroomProcess(
                "newsbot.dll",
                $"--data={folder.FullName}",
                "--Starter:Enabled=false",
                "--Logging:Console:FormatterName=json",
                "--Logging:Console:FormatterOptions:IncludeScopes=true",
                "--Logging:LogLevel:Default=Information"
            )
        )
        {
            newsroom.Start();
            await newsroom.ReadyAsync(TestContext.Current.CancellationToken);
            using var first = await RunningNewsroom.UntilAsync(() =>
                Task.FromResult(
                    newsroom.Said.Split('\n').FirstOrDefault(line => line.StartsWith('{')) is { } line
                        ? JsonDocument.Parse(line)
                        : null
                )
            );

            Assert.True(first.RootElement.TryGetProperty("EventId", out _));
            Assert.True(first.RootElement.TryGetProperty("State", out _));
        }

        folder.Delete(recursive: true);
    }
}
