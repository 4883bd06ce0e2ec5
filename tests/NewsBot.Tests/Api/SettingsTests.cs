using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsBot.Web;

namespace NewsBot.Tests.Api;

/// <summary>Wrong settings stop the start with the key and the remedy.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("--Web:Url=foo", "Web:Url is “foo”; write an address such as http://127.0.0.1:5080")]
    [InlineData("--Web:Url=https://127.0.0.1:5080", "Web:PublicUrl")]
    [InlineData("--Web:Url=http://127.0.0.1:5080/news", "without a path")]
    [InlineData("--Web:PublicUrl=news.example.org", "Web:PublicUrl is “news.example.org”; write an address")]
    [InlineData("--Web:TrustedProxies:0=proxy", "Web:TrustedProxies holds “proxy”; write the proxy's IP address")]
    [InlineData(
        "--Web:TrustedProxies=10.0.0.2",
        "Web:TrustedProxies is a list; write its first entry as Web:TrustedProxies:0."
    )]
    [InlineData("--Web:WriteBurst=0", "Web:WriteBurst is 0; set it to a value from 1 to")]
    [InlineData("--Web:Url=http://0.0.0.0:5080", "set Chat:Web:JoinSecret")]
    [InlineData("--Web:Url=http://192.168.1.7:5080", "set Chat:Web:JoinSecret")]
    [InlineData("--Web:PublicUrl=https://news.example.org", "set Chat:Web:JoinSecret")]
    [InlineData("--Chat:Web:JoinSecret=short", "Chat:Web:JoinSecret is too short")]
    [InlineData("--Chat:Web:Enabld=true", "Chat:Web:Enabld is no setting of NewsBot. Did you mean Chat:Web:Enabled?")]
    [InlineData("--Chat:Web:Enabled=perhaps", "Chat:Web:Enabled is “perhaps”; write true or false.")]
    [InlineData("--Chat:Wbe:Enabled=true", "Chat:Wbe is no setting of NewsBot. Did you mean Chat:Web?")]
    [InlineData("--Chat:Web:ApiTokens:0:Token=short", "Chat:Web:ApiTokens:0:Token is too short")]
    [InlineData("--Chat:Web:ApiTokens:0:Tokn=0123456789abcdef", "Chat:Web:ApiTokens:0:Tokn is no setting of NewsBot")]
    [InlineData(
        "--Chat:Web:ApiTokens:0:Role=King",
        "Chat:Web:ApiTokens:0:Role is “King”; write one of Member, Moderator, Admin"
    )]
    [InlineData("--Polling:BatchSize=0", "Polling:BatchSize is 0; set it to a value from 1 to 500.")]
    [InlineData("--Polling:BatchSize=many", "Polling:BatchSize is “many”; write a number.")]
    [InlineData("--Polling:ClaimFor=soon", "Polling:ClaimFor is “soon”; write a length of time")]
    [InlineData(
        "--Fetching:Timeot=00:00:05",
        "Fetching:Timeot is no setting of NewsBot. Did you mean Fetching:Timeout?"
    )]
    [InlineData("--Storage:Folder:0=x", "Storage:Folder takes one value")]
    [InlineData("--Webb:Url=x", "Webb is no setting of NewsBot. Did you mean Web?")]
    [InlineData("--Telegram:BotToken=x", "Telegram is no setting of NewsBot. There are")]
    public async Task A_wrong_setting_is_named_with_its_remedy(string setting, string sentence)
    {
        await using var app = NewsBotHost.Build([setting]);

        var error = Assert.ThrowsAny<Exception>(app.Services.GetRequiredService<IStartupValidator>().Validate);

        var failures = error is AggregateException many
            ? many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)
            : Assert.IsType<OptionsValidationException>(error).Failures;
        Assert.Contains(failures, failure => failure.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData()]
    [InlineData("--Web:Url=http://0.0.0.0:5080", "--Chat:Web:JoinSecret=opensesame")]
    [InlineData("--Web:Url=http://0.0.0.0:5080", "--Chat:Web:Enabled=false")]
    [InlineData("--web:publicurl=https://news.example.org", "--CHAT:WEB:JOINSECRET=opensesame")]
    [InlineData(
        "--Web:Url=http://localhost:5080",
        "--Web:TrustedProxies:0=::1",
        "--Fetching:AllowedPrivateNetworks:0=10.0.0.0/8"
    )]
    [InlineData("--Polling:ClaimFor=00:06:00", "--Logging:LogLevel:Default=Debug")]
    public async Task Right_settings_are_taken(params string[] settings)
    {
        await using var app = NewsBotHost.Build(settings);

        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task Names_are_checked_in_the_settings_file_but_foreign_ones_of_the_environment_are_let_be()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{ "Wbe": { "Url": "x" } }""", TestContext.Current.CancellationToken);
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(file)
            .AddInMemoryCollection([new("Foreign:Key", "x"), new("WEB", "1"), new("Web:Ulr", "x")])
            .Build();

        var problems = SettingKeys.Problems(configuration, [new SettingSection("Web", typeof(WebOptions))]);
        File.Delete(file);

        Assert.Equal(
            [
                "Wbe is no setting of NewsBot. Did you mean Web?",
                "Web:Ulr is no setting of NewsBot. Did you mean Web:Url?",
            ],
            problems
        );
    }

    [Theory]
    [InlineData("--Web:Url=http://0.0.0.0:5080")]
    [InlineData("--Webb:Url=x")]
    [InlineData("--Polling:BatchSize=x")]
    public async Task A_wrong_setting_ends_the_program_with_1_and_writes_nothing(string setting)
    {
        var folder = Path.Combine(
            Path.GetTempPath(),
            $"newsbot-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"
        );

        Assert.Equal(1, await ServeCommand.RunAsync([setting, "--data", folder]));

        Assert.False(Directory.Exists(folder));
    }
}
