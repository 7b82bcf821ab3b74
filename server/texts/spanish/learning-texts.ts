/** The reasons why no data can close a difference. */
export const learningTexts = {
  'learned-file-name':
    'el nombre del archivo es el de la billetera; se esperaba un archivo .json con minúsculas, dígitos y guiones, como {example}',
  'learned-name-taken':
    'ya hay una billetera con el nombre {name}, y un perfil no puede extenderse a sí mismo; elige otro nombre, como {example}',
  'unlearned-path':
    'la ruta {path} no se parece a ninguna operación del perfil, así que nada dice qué hace: agrega una operación para ella',
  'unlearned-path-taken': 'el perfil ya tiene la ruta {path}, para {operation}',
  'unlearned-no-result': 'la respuesta no tiene un resultado que un perfil pueda tener',
  'unlearned-outcome': 'el emulador no tiene motivo para responder con {code}: solo un escenario puede enviarlo',
  'unlearned-after-request': 'el perfil rechaza un campo de la solicitud, así que nada dice para qué es {code}',
  'unlearned-other-outcome':
    'el perfil tiene {code} para {outcomes}; si la plataforma quiere decir eso, el motivo está en la solicitud, y si no, cambia a mano el código de {outcome}',
  'unlearned-second-code':
    'el perfil tiene un solo código para {outcome}, que ahora es {usual}: solo un escenario puede enviar {code}',
  'unlearned-status': 'el estado de un resultado es S, F, U o A, y no {status}',
  'unlearned-encoding': 'un perfil no puede tener la codificación {encoding}',
  'unlearned-answer-encoding': 'el emulador responde en la codificación de la solicitud, y la plataforma siempre en {encoding}',
  'unlearned-algorithm': 'un perfil no puede tener {algorithm} como nombre de un algoritmo',
  'unlearned-hash': 'el emulador firma y verifica con SHA-256, diga lo que diga el perfil, y la plataforma usa {hash}',
  'unlearned-lifetime': 'un perfil no tiene esa vigencia: {platform}',
  'unlearned-old-refresh-token': 'un token de actualización funciona una sola vez en el emulador, diga lo que diga el perfil',
  'unlearned-place': 'ningún campo del perfil llena {place}',
  'unlearned-items': 'los elementos de {place} vienen enteros del usuario',
  'unlearned-literal': 'un perfil no puede tener el valor de {place}',
  'unlearned-form':
    'un perfil cambia la forma de un valor con convertidores, como time, epoch-ms, mask y text, y ninguno escribe {place} como la plataforma',
  'unlearned-other-name':
    '{place} puede ser un dato del usuario con otro nombre, y un dato así nunca es una constante de un perfil: nombra con --scopes los permisos que el usuario aceptó, y se reconoce',
  'unlearned-of-user':
    '{place} tiene un dato del usuario, y un dato así nunca es una constante de un perfil: agrega el campo a mano, con una variable como $user.nickName',
  'unlearned-one-user':
    'la grabación tiene {place} de un solo usuario, y un dato de un usuario nunca es una constante de un perfil: graba a otro usuario, o agrega el campo a mano',
  'unlearned-varies':
    'las respuestas tienen valores distintos de {place}, y una constante sería incorrecta: agrega el campo a mano',
  'unlearned-order': 'el perfil no arma la lista de {place} con sus miembros, así que no puede ordenarlos',
  'unlearned-length':
    'la longitud de {place} ({length} caracteres) no está en un perfil: es la de un código o token de entre 22 y 128 caracteres, o viene de los usuarios',
  'unlearned-limit': 'la grabación no muestra qué valores de {place} acepta la plataforma',
  'unlearned-grant-type': '{place} decide qué se intercambia, y el emulador no conoce {sent}',
  'unlearned-header': 'la cabecera {place} no está en un perfil',
  'unlearned-not-in-profile': 'un perfil no tiene las cabeceras de una respuesta: son del servidor que las envía',
  'unlearned-unsigned': 'el emulador firma todas las respuestas; un escenario con la falla no-signature quita la firma',
  'unlearned-content': 'no se conoce el contenido que se firma, así que no se puede escribir una plantilla',
  'unlearned-http-status':
    'el emulador responde con HTTP 200 a todas las llamadas de OpenAPI; un escenario puede enviar otro estado',
  'unlearned-invalid': 'el perfil no sería válido: {problem}',
  'unlearned-again': 'lo que se aprendió no la cerró',
};
