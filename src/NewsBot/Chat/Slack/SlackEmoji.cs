using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Signs for the names Slack gives to emoji: the common ones. Others, and those a workspace made itself, stay names between
/// colons. Skin tones are left out. Pure.
/// </summary>
internal static class SlackEmoji
{
    // Name and sign, in pairs.
    private const string Table = """
        +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 smile 😄 smiley 😃 grinning 😀 grin 😁 laughing 😆 satisfied 😆 joy 😂 rofl 🤣
        rolling_on_the_floor_laughing 🤣 sweat_smile 😅 slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇
        heart_eyes 😍 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 stuck_out_tongue_winking_eye 😜 sunglasses 😎 star-struck 🤩
        smirk 😏 unamused 😒 disappointed 😞 pensive 😔 worried 😟 confused 😕 slightly_frowning_face 🙁 white_frowning_face ☹️
        confounded 😖 tired_face 😫 weary 😩 cry 😢 sob 😭 triumph 😤 angry 😠 rage 😡 flushed 😳 scream 😱 fearful 😨 cold_sweat 😰
        sweat 😓 hugging_face 🤗 thinking_face 🤔 thinking 🤔 face_with_hand_over_mouth 🤭 shushing_face 🤫 neutral_face 😐
        expressionless 😑 no_mouth 😶 grimacing 😬 face_with_rolling_eyes 🙄 hushed 😯 astonished 😲 open_mouth 😮 sleeping 😴
        drooling_face 🤤 sleepy 😪 dizzy_face 😵 zipper_mouth_face 🤐 nauseated_face 🤢 face_vomiting 🤮 sneezing_face 🤧 mask 😷
        exploding_head 🤯 partying_face 🥳 pleading_face 🥺 nerd_face 🤓 face_with_monocle 🧐 money_mouth_face 🤑 cowboy_hat_face 🤠
        smiling_imp 😈 imp 👿 skull 💀 ghost 👻 alien 👽 robot_face 🤖 hankey 💩 poop 💩 clown_face 🤡 see_no_evil 🙈 hear_no_evil 🙉
        speak_no_evil 🙊 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤
        white_heart 🤍 brown_heart 🤎 broken_heart 💔 two_hearts 💕 sparkling_heart 💖 heartbeat 💓 100 💯 boom 💥 collision 💥
        anger 💢 sweat_drops 💦 dash 💨 dizzy 💫 speech_balloon 💬 thought_balloon 💭 zzz 💤 wave 👋 raised_hand ✋ hand ✋
        raised_back_of_hand 🤚 vulcan_salute 🖖 spock-hand 🖖 ok_hand 👌 pinched_fingers 🤌 v ✌️ crossed_fingers 🤞 the_horns 🤘
        call_me_hand 🤙 point_left 👈 point_right 👉 point_up_2 👆 point_up ☝️ point_down 👇 middle_finger 🖕 fist ✊
        facepunch 👊 punch 👊 clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝 pray 🙏 writing_hand ✍️ muscle 💪 eyes 👀 eye 👁️
        brain 🧠 ear 👂 nose 👃 lips 👄 baby 👶 man 👨 woman 👩 cop 👮 shrug 🤷 man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️
        face_palm 🤦 facepalm 🤦 man-facepalming 🤦‍♂️ woman-facepalming 🤦‍♀️ bow 🙇 dancer 💃 runner 🏃 running 🏃 walking 🚶
        saluting_face 🫡 melting_face 🫠 dog 🐶 cat 🐱 mouse 🐭 rabbit 🐰 fox_face 🦊 bear 🐻 panda_face 🐼 tiger 🐯 lion_face 🦁 cow 🐮
        pig 🐷 frog 🐸 monkey_face 🐵 chicken 🐔 penguin 🐧 bird 🐦 duck 🦆 eagle 🦅 owl 🦉 wolf 🐺 horse 🐴 unicorn_face 🦄 bee 🐝
        bug 🐛 butterfly 🦋 snail 🐌 turtle 🐢 snake 🐍 octopus 🐙 crab 🦀 fish 🐟 whale 🐳 dolphin 🐬 crocodile 🐊 elephant 🐘
        goat 🐐 sheep 🐑 t-rex 🦖 cactus 🌵 christmas_tree 🎄 evergreen_tree 🌲 palm_tree 🌴 seedling 🌱 four_leaf_clover 🍀 rose 🌹
        sunflower 🌻 tulip 🌷 cherry_blossom 🌸 mushroom 🍄 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 moon 🌔 full_moon 🌕
        new_moon 🌑 sunny ☀️ cloud ☁️ rainbow 🌈 umbrella ☔ snowflake ❄️ snowman ⛄ zap ⚡ fire 🔥 droplet 💧 ocean 🌊 star ⭐ star2 🌟
        sparkles ✨ apple 🍎 green_apple 🍏 banana 🍌 grapes 🍇 watermelon 🍉 strawberry 🍓 peach 🍑 cherries 🍒 lemon 🍋 avocado 🥑
        eggplant 🍆 tomato 🍅 corn 🌽 bread 🍞 croissant 🥐 cheese_wedge 🧀 egg 🥚 bacon 🥓 hamburger 🍔 fries 🍟 pizza 🍕 hotdog 🌭
        taco 🌮 burrito 🌯 popcorn 🍿 sushi 🍣 ramen 🍜 icecream 🍦 doughnut 🍩 cookie 🍪 birthday 🎂 cake 🍰 chocolate_bar 🍫 candy 🍬
        coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 cocktail 🍸 champagne 🍾 clinking_glasses 🥂 tropical_drink 🍹 soccer ⚽
        basketball 🏀 football 🏈 baseball ⚾ tennis 🎾 dart 🎯 video_game 🎮 game_die 🎲 trophy 🏆 medal 🏅 sports_medal 🏅
        first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 art 🎨 guitar 🎸 musical_note 🎵 notes 🎶 headphones 🎧
        microphone 🎤 clapper 🎬 ticket 🎫 tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 jack_o_lantern 🎃 santa 🎅 car 🚗 red_car 🚗 taxi 🚕
        bus 🚌 train 🚋 bullettrain_side 🚄 airplane ✈️ rocket 🚀 ship 🚢 bike 🚲 ambulance 🚑 fire_engine 🚒 police_car 🚓
        construction 🚧 house 🏠 office 🏢 hospital 🏥 bank 🏦 school 🏫 factory 🏭 watch ⌚ iphone 📱 computer 💻 desktop_computer 🖥️
        keyboard ⌨️ printer 🖨️ floppy_disk 💾 cd 💿 camera 📷 movie_camera 🎥 tv 📺 radio 📻 battery 🔋 electric_plug 🔌 bulb 💡
        flashlight 🔦 candle 🕯️ moneybag 💰 dollar 💵 euro 💶 credit_card 💳 gem 💎 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️
        bomb 💣 shield 🛡️ pill 💊 syringe 💉 microscope 🔬 telescope 🔭 toilet 🚽 key 🔑 lock 🔒 unlock 🔓 mag 🔍 mag_right 🔎 link 🔗
        paperclip 📎 pushpin 📌 round_pushpin 📍 scissors ✂️ pencil ✏️ pencil2 ✏️ memo 📝 books 📚 book 📖 newspaper 📰
        rolled_up_newspaper 🗞️ bookmark 🔖 label 🏷️ email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦
        mailbox 📫 calendar 📆 spiral_calendar_pad 🗓️ date 📅 clipboard 📋 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉
        bar_chart 📊 file_folder 📁 wastebasket 🗑️ loudspeaker 📢 mega 📣 bell 🔔 no_bell 🔕 hourglass ⌛ hourglass_flowing_sand ⏳
        alarm_clock ⏰ stopwatch ⏱️ clock1 🕐 clock3 🕒 clock12 🕛 white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌
        negative_squared_cross_mark ❎ exclamation ❗ heavy_exclamation_mark ❗ question ❓ grey_question ❔ grey_exclamation ❕
        interrobang ⁉️ bangbang ‼️ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 radioactive_sign ☢️ recycle ♻️
        arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrows_counterclockwise 🔄 arrow_forward ▶️ heavy_plus_sign ➕
        heavy_minus_sign ➖ infinity ♾️ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
        large_blue_circle 🔵 white_circle ⚪ black_circle ⚫ zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣
        nine 9️⃣ keycap_ten 🔟 new 🆕 ok 🆗 cool 🆒 free 🆓 sos 🆘 up 🆙 information_source ℹ️ copyright ©️ registered ®️ tm ™️
        checkered_flag 🏁 triangular_flag_on_post 🚩 white_flag 🏳️ rainbow-flag 🏳️‍🌈 pirate_flag 🏴‍☠️ eu 🇪🇺 flag-eu 🇪🇺 de 🇩🇪 flag-de 🇩🇪
        us 🇺🇸 flag-us 🇺🇸 gb 🇬🇧 uk 🇬🇧 flag-gb 🇬🇧 fr 🇫🇷 flag-fr 🇫🇷 es 🇪🇸 flag-es 🇪🇸 it 🇮🇹 flag-it 🇮🇹 jp 🇯🇵 flag-jp 🇯🇵 cn 🇨🇳 flag-cn 🇨🇳
        ru 🇷🇺 flag-ru 🇷🇺 flag-ua 🇺🇦 flag-in 🇮🇳 flag-br 🇧🇷 flag-pt 🇵🇹 flag-ca 🇨🇦 flag-pl 🇵🇱 flag-nl 🇳🇱 flag-se 🇸🇪 flag-ch 🇨🇭 flag-at 🇦🇹
        """;

    private const string Tone = "::skin-tone-";

    // A family of four with tones has as many.
    private const int MaxRunes = 12;

    private static readonly FrozenDictionary<string, string> Signs = Table
        .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <param name="name">Without colons; a tone may stand behind it.</param>
    /// <returns>The sign, else the name between colons as Markdown that shows just that.</returns>
    public static string Shown(string name) =>
        Signs.GetValueOrDefault(Base(name)) ?? SlackProse.Name($":{Base(name)}:");

    /// <param name="name">Without colons.</param>
    /// <param name="unicode">Its code points in hex, joined by dashes; null where it was not told.</param>
    public static string Shown(string name, string? unicode) => Parse(unicode) ?? Shown(name);

    /// <summary>A reaction as it is counted: people with different tones give the same one.</summary>
    public static string Counted(string? name) =>
        Signs.GetValueOrDefault(Base(name ?? "")) ?? $":{Base(name ?? "emoji")}:";

    private static string Base(string name) => name.Split(Tone)[0];

    private static string? Parse(string? unicode)
    {
        var text = new StringBuilder();
        foreach (var part in (unicode ?? "").Split('-', MaxRunes + 1).Take(MaxRunes))
        {
            if (
                !int.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                || !Rune.TryCreate(value, out var rune)
                || Rune.IsControl(rune)
                || rune.Value is >= 0xE000 and <= 0xF8FF
                || rune.IsAscii && !char.IsAsciiDigit((char)value)
            )
            {
                return null;
            }

            if (value is < 0x1F3FB or > 0x1F3FF)
            {
                text.Append(rune);
            }
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
